// One request and its answer, in the thread that drives an event loop.
#pragma once

#include <memory>
#include <string>

#include "net/epoll/streaming.hpp"
#include "net/respond.hpp"

namespace vault_mock::net {

struct Exchange {
  Handler& handler;
  const Request& request;
  Streaming& streaming;  // where a streaming answer goes as it comes
  Framing framing;       // in and out

  // Out. The bytes are appended to; of a streamed answer they hold nothing, as it has been sent already.
  std::string& bytes;
  Delivery delivery = {};
  std::unique_ptr<ClientConnection::Stream> stream = nullptr;  // what comes behind the bytes; null: nothing
};

// Has the request answered. False: the answer could not be made, or a stream broke off; the connection is of
// no further use.
bool run(Exchange& exchange) noexcept;

}  // namespace vault_mock::net
