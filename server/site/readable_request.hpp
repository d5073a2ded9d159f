// A request as everything behind the site sees it: header values in UTF-8, the body without its codings.
//
// What a client sends in a header beyond ASCII has no encoding that HTTP names (RFC 9110, 5.5). Node and
// browsers send Latin-1, curl and most others the bytes they are given, which are UTF-8. So a value that is
// not UTF-8 is read as Latin-1, and "café" of both is one consumer, in answers, rules, journal and log. The
// bytes as they came are not needed further.
#pragma once

#include <list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/request.hpp"
#include "text/content_coding.hpp"
#include "text/headers.hpp"

namespace vault_mock::site {

class ReadableRequest {
 public:
  // `received` must outlive it.
  explicit ReadableRequest(const net::Request& received);
  ReadableRequest(const ReadableRequest&) = delete;
  ReadableRequest& operator=(const ReadableRequest&) = delete;

  std::span<const text::HeaderView> headers() const { return headers_; }
  // Decoded, or as it came where that is not possible: then coding_error() says why.
  std::string_view body() const { return body_; }
  const text::CodingError* coding_error() const { return coding_error_ ? &*coding_error_ : nullptr; }

 private:
  std::span<const text::HeaderView> headers_;
  std::string_view body_;
  std::vector<text::HeaderView> own_headers_;  // where a value was Latin-1
  std::list<std::string> own_values_;          // those values
  std::string own_body_;
  std::optional<text::CodingError> coding_error_;
};

}  // namespace vault_mock::site
