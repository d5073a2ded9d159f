// A chunked body, decoded piece by piece as it arrives (RFC 9112, section 7.1). Pure: no socket.
//
//     body = *chunk last-chunk *trailer CRLF      chunk = HEX [; extension] CRLF data CRLF
//
// Line ends must be CRLF. Extensions and trailers are read and dropped; both are bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/request_head.hpp"

namespace vault_mock::http {

class ChunkedBody {
 public:
  enum class Progress { more, done };

  // Takes what it can from the front of `input` and appends the data to `body`. After a refusal (400, 413 or
  // 431) the decoder is of no further use.
  tl::expected<Progress, Refusal> read(std::string_view& input, const RequestLimits& limits,
                                       std::string& body);

 private:
  enum class Expect {
    size,
    extension,
    size_end,
    data,
    data_end,
    data_end_lf,
    trailer,
    trailer_line,
    trailer_end
  };

  tl::expected<void, Refusal> read_size(char c, const RequestLimits& limits, std::size_t body_size);
  tl::expected<void, Refusal> finish_size_line();

  Expect expect_ = Expect::size;
  std::uint64_t left_ = 0;    // of the chunk
  unsigned digits_ = 0;       // of the chunk's size
  std::size_t overhead_ = 0;  // bytes of extensions and trailers
};

}  // namespace vault_mock::http
