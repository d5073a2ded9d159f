#include "http/chunked_body.hpp"

#include <algorithm>

namespace vault_mock::http {
namespace {

using Refused = tl::unexpected<Refusal>;
constexpr Refusal kBroken{400, "the chunked body is broken"};
constexpr unsigned kMaxDigits = 15;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

tl::expected<void, Refusal> ChunkedBody::read_size(char c, const RequestLimits& limits,
                                                   std::size_t body_size) {
  if (const auto value = hex_value(c); value >= 0) {
    if (++digits_ > kMaxDigits) return Refused({413, "the body is too large"});
    left_ = left_ * 16 + static_cast<std::uint64_t>(value);
    if (left_ > limits.max_body_bytes - body_size) return Refused({413, "the body is too large"});
    return {};
  }
  if (digits_ == 0) return Refused(kBroken);
  if (c == '\r')
    expect_ = Expect::size_end;
  else if (c == ';' || c == ' ' || c == '\t')
    expect_ = Expect::extension;
  else
    return Refused(kBroken);
  return {};
}

tl::expected<void, Refusal> ChunkedBody::finish_size_line() {
  expect_ = left_ == 0 ? Expect::trailer : Expect::data;
  digits_ = 0;
  return {};
}

auto ChunkedBody::read(std::string_view& input, const RequestLimits& limits, std::string& body)
    -> tl::expected<Progress, Refusal> {
  while (!input.empty()) {
    if (expect_ == Expect::data) {
      const auto taken = std::min<std::uint64_t>(left_, input.size());
      body.append(input.substr(0, taken));
      input.remove_prefix(taken);
      left_ -= taken;
      if (left_ == 0) expect_ = Expect::data_end;
      continue;
    }
    const char c = input.front();
    input.remove_prefix(1);
    switch (expect_) {
      case Expect::size:
        if (auto read = read_size(c, limits, body.size()); !read) return Refused(read.error());
        break;
      case Expect::extension:
        if (++overhead_ > limits.max_head_bytes) return Refused({431, "the chunk extensions are too large"});
        if (c == '\n') return Refused(kBroken);
        if (c == '\r') expect_ = Expect::size_end;
        break;
      case Expect::size_end:
        if (c != '\n') return Refused(kBroken);
        finish_size_line();
        break;
      case Expect::data_end:
        if (c != '\r') return Refused(kBroken);
        expect_ = Expect::data_end_lf;
        break;
      case Expect::data_end_lf:
        if (c != '\n') return Refused(kBroken);
        expect_ = Expect::size;
        break;
      case Expect::trailer:
      case Expect::trailer_line:
        if (++overhead_ > limits.max_head_bytes) return Refused({431, "the trailers are too large"});
        if (c == '\n' && expect_ == Expect::trailer) return Refused(kBroken);
        if (c == '\r' && expect_ == Expect::trailer)
          expect_ = Expect::trailer_end;
        else
          expect_ = c == '\n' ? Expect::trailer : Expect::trailer_line;
        break;
      case Expect::trailer_end:
        if (c != '\n') return Refused(kBroken);
        return Progress::done;
      case Expect::data:
        break;
    }
  }
  return Progress::more;
}

}  // namespace vault_mock::http
