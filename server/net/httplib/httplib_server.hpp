// One request through httplib, and the only place that knows how httplib is built inside.
//
// HttplibServer never listens and never touches a socket. Handlers fill httplib's Response. One that is a
// stream is written by httplib's own `process_request`, on a stream in memory: chunks, lengths and ends are
// its business. A whole body, as nearly all have, needs a head and no more, and is written here: what httplib
// makes of a request before it comes to that (headers of addresses, ranges, encodings, a format for each
// line) was a tenth of an answer's time. What httplib is not asked to do, because 0.11 does it inexactly or
// slowly:
//
//   - reading requests: it percent-decodes header values, drops empty ones, skips malformed lines, refuses a
//     second `?` in a target, and takes multipart, urlencoded and gzip bodies apart. request_reader.hpp reads
//     them as they are, and httplib sees a request line that only says what the answer depends on: whether
//     the method is HEAD;
//   - routing by regular expression: its pre-routing handler is ours and takes every request;
//   - ranges, compression and the Keep-Alive header: a mock answers what it was told to, in plain.
//
// Threads: answer() from any number at once; the rest before the first answer().
// Versions: the stream and the call of `process_request` fit 0.11 (Debian 12) and later releases; see
// httplib_server.cpp.
#pragma once

#include <httplib.h>
#include <string_view>

#include "net/epoll/exchange.hpp"

namespace vault_mock::net {

class HttplibServer final : public httplib::Server {
 public:
  HttplibServer(RequestHandler handler, ErrorResponder responder);

  // Runs one exchange. Throws nothing. False: there is no answer, or not all of it, as a stream broke off;
  // the connection is of no further use.
  bool answer(Exchange& exchange) noexcept;

  // For a catch block: has the responder told of what was thrown, for the log.
  void tell_of_exception() noexcept;

  // Makes streams end after the piece they are at. From any thread; safe in a signal handler.
  void end_streams() { svr_sock_ = INVALID_SOCKET; }

 private:
  template <typename Self>
  static bool process(Self& self, httplib::Stream& stream, bool& closed);
  bool make_answer(Exchange& exchange);
  bool write_stream(Exchange& exchange, httplib::Response& response);
  void handle(Exchange& exchange, httplib::Response& response);
  void run_handler(Exchange& exchange, httplib::Response& response);
  void refuse(Exchange& exchange, httplib::Response& response, Refusal refusal);
  void admit_stream(Exchange& exchange, httplib::Response& response);

  RequestHandler handler_;
  ErrorResponder responder_;
};

}  // namespace vault_mock::net
