// One request through httplib, and the only place that knows how httplib is built inside.
//
// HttplibServer never listens and never touches a socket. It runs httplib's own `process_request` on a stream
// in memory: httplib reads the request line (method, path, query), guards against exceptions, and writes the
// answer (status line, headers, body, chunks). What it is not asked to do, because 0.11 does it inexactly or
// slowly:
//
//   - reading header fields: request_head.hpp does, and the fields are put into the Request before the
//   handler runs;
//   - reading bodies: request_reader.hpp does, so multipart, urlencoded and gzip bodies reach the handler
//   raw;
//   - routing by regular expression: its pre-routing handler is ours and takes every request;
//   - ranges, compression and the Keep-Alive header: a mock answers what it was told to, in plain.
//
// Threads: answer() from any number at once; the rest before the first answer().
// Versions: the stream and the call of `process_request` fit 0.11 (Debian 12) and later releases; see
// exchange.cpp.
#pragma once

#include <atomic>
#include <functional>
#include <httplib.h>
#include <string>
#include <string_view>

#include "http/delivery.hpp"
#include "http/request_head.hpp"

namespace vault_mock::http {

// Answers one request: fills the response, and returns how it is delivered. `body` is what the client sent,
// decoded from its chunks and otherwise raw. Called from many threads at once. It may block, and it may set a
// content provider to stream (a thread is then its own for as long as it takes).
using RequestHandler =
    std::function<Delivery(const httplib::Request&, const std::string& body, httplib::Response&)>;

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

struct Peer {
  std::string address;
  std::uint16_t port = 0;
};

struct Exchange {
  // In. Without a head the answer is `refusal`.
  const RequestHead* head = nullptr;
  std::string* body = nullptr;
  Refusal refusal{};
  const Peer* remote = nullptr;
  const Peer* local = nullptr;
  StreamingSocket* socket = nullptr;

  // In and out: whether the connection closes after the answer.
  bool close = false;

  // Out. `answer` is appended to; of a streamed answer it holds nothing.
  std::string* answer = nullptr;
  Delivery delivery{};
  bool streamed = false;
};

class HttplibServer final : public httplib::Server {
 public:
  HttplibServer(RequestHandler handler, ErrorResponder responder);

  // Runs one exchange. False: a stream broke off, and the connection is of no further use.
  bool answer(Exchange& exchange);

  // Makes streams end after the piece they are at. From any thread; safe in a signal handler.
  void end_streams() { svr_sock_ = INVALID_SOCKET; }

 private:
  template <typename Self>
  static bool process(Self& self, httplib::Stream& stream, bool& closed,
                      const std::function<void(httplib::Request&)>& setup);
  void handle(Exchange& exchange, httplib::Response& response);
  void run_handler(Exchange& exchange, httplib::Response& response);
  void refuse(Exchange& exchange, httplib::Response& response, Refusal refusal);
  void admit_stream(Exchange& exchange, httplib::Response& response);

  RequestHandler handler_;
  ErrorResponder responder_;
};

}  // namespace vault_mock::http
