// One request and its answer, in the thread that drives an event loop.
#pragma once

#include <memory>
#include <string>

#include "net/epoll/client_connection.hpp"
#include "net/respond.hpp"

namespace vault_mock::net {

struct Exchange {
  Handler& handler;
  const Request& request;
  Framing framing;  // in and out

  // Out.
  std::string& bytes;  // appended to: the answer, or the head of a stream
  Delivery delivery = {};
  std::unique_ptr<ClientConnection::Stream> stream = nullptr;  // what comes behind the bytes; null: nothing
};

// Has the request answered. False: the answer could not be made; the connection is of no further use.
bool run(Exchange& exchange) noexcept;

}  // namespace vault_mock::net
