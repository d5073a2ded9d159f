// An HTTP request in a file: a request line, headers, an empty line, the body. Lines end with LF or CR LF.
// The body is the rest of the file, without the newline that editors put at its end.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "text/headers.hpp"

namespace vault_mock::app {

struct RawRequest {
  std::string method, target;
  std::vector<text::Header> headers;
  std::string body;
};

// The result owns its texts. The error says which line is wrong and what was expected.
tl::expected<RawRequest, std::string> read_raw_request(std::string_view text);

}  // namespace vault_mock::app
