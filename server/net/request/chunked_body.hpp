// A chunked body, decoded piece by piece as it arrives (RFC 9112, section 7.1). Pure: no socket.
//
//     body = *chunk last-chunk *(field-line CRLF) CRLF      chunk = size-line CRLF data CRLF
//     size-line = 1*HEX *(BWS ";" BWS token [BWS "=" BWS (token / quoted-string)])
//
// All of it is checked, as others in the chain may read what is wrong in other ways: line ends are CRLF, a
// size is hexadecimal digits and nothing else, extensions and trailers follow the grammar. Both are then
// dropped (7.1.1 and 7.1.2 allow it), and both are bounded: together by the size of a head, trailers also by
// the number of its fields.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "net/request/request_head.hpp"

namespace vault_mock::net {

class ChunkedBody {
 public:
  enum class Progress { more, done };

  // Takes what it can from the front of `input` and appends the data to `body`. After a refusal (400, 413 or
  // 431) the decoder is of no further use.
  tl::expected<Progress, Refusal> read(std::string_view& input, const RequestLimits& limits,
                                       std::string& body);

 private:
  enum class Expect { size_line, data, data_cr, data_lf, trailer };

  tl::expected<void, Refusal> add_to_line(char c, const RequestLimits& limits);
  tl::expected<void, Refusal> end_size_line(const RequestLimits& limits, std::size_t body_size);
  tl::expected<Progress, Refusal> end_trailer(const RequestLimits& limits);

  Expect expect_ = Expect::size_line;
  std::uint64_t left_ = 0;    // of the chunk
  std::string line_;          // what is here of the size line or the trailer
  std::size_t overhead_ = 0;  // bytes of extensions and trailers before that line
  std::size_t trailers_ = 0;
};

}  // namespace vault_mock::net
