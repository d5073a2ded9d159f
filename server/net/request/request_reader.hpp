// Puts together the requests of one connection from the pieces in which their bytes arrive. The event loop
// reads whole requests with it, so that a client that sends slowly holds memory, and never a thread.
//
// A request that arrives in one piece (nearly all do) is read in place; only a piece of one is kept. What
// comes out, a refusal's status included, is the same however the bytes are cut. Before a request blank lines
// (CRLF) may stand, which do not count (RFC 9112, 2.2). Pure: no socket.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "net/request/chunked_body.hpp"
#include "net/request/request_head.hpp"

namespace vault_mock::net {

// Where a request is put when it is complete, or what was wrong with it. Reused from request to request.
struct ReceivedRequest {
  Request request;         // its views point into the input given, into `head_bytes` and into `body`
  std::string head_bytes;  // the head, when it came in pieces
  std::string body;        // decoded from its chunks
  Refusal refusal;
};

class RequestReader {
 public:
  enum class Progress {
    incomplete,  // all input was taken; more must come
    complete,    // `received` holds the request; input that belongs to the next one was left
    refused,  // `received.refusal` says why; the connection must close, as where the next request begins is
              // unknown
  };

  Progress read(std::string_view& input, const RequestLimits& limits, ReceivedRequest& received);

  // Whether a request has begun and not ended.
  bool started() const { return partial_ != nullptr; }

  // Whether the client waits for "100 Continue" before it sends the body. True once for a request.
  bool take_wants_continue();

 private:
  struct Partial {
    std::string head;
    bool head_complete = false;
    bool wants_continue = false;
    bool chunked = false;
    std::size_t content_length = 0;
    ChunkedBody chunks;
    std::string body;
  };

  static Progress refuse(ReceivedRequest& received, Refusal refusal);
  bool skip_blank_lines(std::string_view& input);
  Progress keep_head(std::string_view bytes, std::size_t looked_at, const RequestLimits& limits,
                     ReceivedRequest& received);
  Progress read_first(std::string_view& input, const RequestLimits& limits, ReceivedRequest& received);
  Progress read_more(std::string_view& input, const RequestLimits& limits, ReceivedRequest& received);
  Progress read_more_body(std::string_view& input, const RequestLimits& limits, ReceivedRequest& received);

  std::unique_ptr<Partial> partial_;
  bool half_blank_line_ = false;  // the CR of a blank line is here, its LF is not
};

}  // namespace vault_mock::net
