#include "site/readable_request.hpp"

#include <algorithm>

#include "net/limits.hpp"
#include "text/utf8.hpp"

namespace vault_mock::site {

ReadableRequest::ReadableRequest(const net::Request& received)
    : headers_(received.headers), body_(received.body) {
  const auto is_readable = [](const text::HeaderView& header) { return text::is_utf8(header.second); };
  if (!std::ranges::all_of(headers_, is_readable)) {
    own_headers_.assign(headers_.begin(), headers_.end());
    for (auto& header : own_headers_)
      if (!is_readable(header)) header.second = own_values_.emplace_back(text::utf8_of_latin1(header.second));
    headers_ = own_headers_;
  }
  if (body_.empty() || !text::is_encoded(headers_)) return;
  if (auto decoded = text::decoded_body(headers_, body_, net::RequestLimits{}.max_body_bytes)) {
    own_body_ = std::move(*decoded);
    body_ = own_body_;
  } else {
    coding_error_ = std::move(decoded.error());
  }
}

}  // namespace vault_mock::site
