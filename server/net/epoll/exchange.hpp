// One request and its answer, on their way between a connection and the handler. Those who set up the server
// and those who write handlers meet here; httplib is known by name only.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "net/delivery.hpp"
#include "net/request/request_head.hpp"

namespace httplib {
struct Response;
}

namespace vault_mock::net {

// Answers one request: fills the response, whose status is 200 so far, and returns how it is delivered. The
// head is what the client sent, and so is the body, decoded from its chunks and otherwise raw; both are good
// for the call. Called from many threads at once. It may block, and it may set a content provider to stream
// (a thread is then its own for as long as it takes).
using RequestHandler =
    std::function<Delivery(const RequestHead&, const std::string& body, httplib::Response&)>;

// Fills the answer to a request that reaches no handler: it could not be read (400, 405, 408, 413, 414, 417,
// 431, 501, 505), there is no thread left to stream it (503), or the handler threw (500; the reason is what
// the exception says). The response's status is set already. Called from many threads at once.
using ErrorResponder = std::function<void(const Refusal&, httplib::Response&)>;

// Where the bytes of a streaming answer go, as they come.
class StreamingSocket {
 public:
  virtual ~StreamingSocket() = default;
  enum class Length { known, open };  // one of open length may last forever, and ends when the server stops
  // The answer turns out to be a stream, whose first byte is to wait for `delay`. False: no thread can be
  // spared for it.
  virtual bool begin(std::chrono::microseconds delay, Length length) = 0;
  // Sends all of it, waiting for a slow reader up to a limit. False: the client is gone, or too slow.
  virtual bool send(std::string_view bytes) = 0;
  // Whether there is any point in going on: the client is there and the server is not stopping.
  virtual bool is_wanted() const = 0;
};

struct Exchange {
  // In. Without a head the answer is `refusal`.
  const RequestHead* head = nullptr;
  const std::string* body = nullptr;
  Refusal refusal{};
  StreamingSocket* socket = nullptr;

  // In and out: whether the connection closes after the answer.
  bool close = false;

  // Out. `answer` is appended to; of a streamed answer it holds nothing.
  std::string* answer = nullptr;
  Delivery delivery{};
  bool streamed = false;
};

}  // namespace vault_mock::net
