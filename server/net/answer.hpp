// What a handler answers a request with, and how the transport is to deliver it.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "net/delivery.hpp"
#include "text/headers.hpp"

namespace vault_mock::net {

// A part of a stream that is asked for from time to time.
struct Piece {
  std::string bytes;                   // empty: there is nothing to send at present
  std::chrono::milliseconds pause{0};  // until the next is asked for, once this one is sent
};

struct Answer {
  int status = 200;
  // In the order they are written in. Content-Length, Transfer-Encoding, Connection and Date are the
  // transport's to add; of a handler's own only Date and a `Connection: close` count.
  std::vector<text::Header> headers;
  std::string body;
  // Instead of a body, a stream: asked for one piece after the other, for as long as the client is there and
  // the server does not stop. Must return soon: with epoll a loop calls it. What it throws ends the
  // connection.
  std::function<Piece()> next_piece = nullptr;
  Delivery delivery = {};
};

}  // namespace vault_mock::net
