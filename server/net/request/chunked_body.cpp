#include "net/request/chunked_body.hpp"

#include <algorithm>

#include "net/request/chunk_size.hpp"
#include "net/request/field_line.hpp"

namespace vault_mock::net {
namespace {

using Refused = tl::unexpected<Refusal>;
constexpr Refusal kNoLineEnd{400, "the chunked body is broken: a line does not end in CRLF"};
constexpr Refusal kTooLong{400, "the chunked body is broken: a chunk is longer than its size says"};

// Digits that the largest size needs; more are leading zeros, and count as overhead.
constexpr std::size_t kFreeDigits = 16;

}  // namespace

// Up to the LF that ends it, whose CR is then in the line.
tl::expected<void, Refusal> ChunkedBody::add_to_line(char c, const RequestLimits& limits) {
  if (line_.ends_with('\r')) return Refused(kNoLineEnd);
  line_ += c;
  if (overhead_ + line_.size() > limits.max_head_bytes + kFreeDigits)
    return Refused({431, expect_ == Expect::trailer ? "the trailers are too large"
                                                    : "the chunk extensions are too large"});
  return {};
}

tl::expected<void, Refusal> ChunkedBody::end_size_line(const RequestLimits& limits, std::size_t body_size) {
  const auto read = read_chunk_size(line_, limits.max_body_bytes - body_size);
  if (!read) return Refused(read.error());
  left_ = read->size;
  expect_ = left_ == 0 ? Expect::trailer : Expect::data;
  overhead_ += line_.size() - std::min(read->digits, kFreeDigits);
  line_.clear();
  return {};
}

auto ChunkedBody::end_trailer(const RequestLimits& limits) -> tl::expected<Progress, Refusal> {
  if (line_.empty()) return Progress::done;
  if (++trailers_ > limits.max_header_fields) return Refused({431, "there are too many trailers"});
  if (const auto field = read_field_line(line_); !field) return Refused(field.error());
  overhead_ += line_.size();
  line_.clear();
  return Progress::more;
}

auto ChunkedBody::read(std::string_view& input, const RequestLimits& limits, std::string& body)
    -> tl::expected<Progress, Refusal> {
  while (!input.empty()) {
    if (expect_ == Expect::data) {
      const auto taken = std::min<std::uint64_t>(left_, input.size());
      body.append(input.substr(0, taken));
      input.remove_prefix(taken);
      left_ -= taken;
      if (left_ == 0) expect_ = Expect::data_cr;
      continue;
    }
    const char c = input.front();
    input.remove_prefix(1);
    switch (expect_) {
      case Expect::data_cr:
        if (c != '\r') return Refused(kTooLong);
        expect_ = Expect::data_lf;
        break;
      case Expect::data_lf:
        if (c != '\n') return Refused(kTooLong);
        expect_ = Expect::size_line;
        break;
      case Expect::size_line:
      case Expect::trailer: {
        if (c != '\n') {
          if (const auto added = add_to_line(c, limits); !added) return Refused(added.error());
          break;
        }
        if (!line_.ends_with('\r')) return Refused(kNoLineEnd);
        line_.pop_back();
        if (expect_ == Expect::size_line) {
          if (const auto ended = end_size_line(limits, body.size()); !ended) return Refused(ended.error());
          break;
        }
        const auto ended = end_trailer(limits);
        if (!ended || *ended == Progress::done) return ended;
        break;
      }
      case Expect::data:
        break;
    }
  }
  return Progress::more;
}

}  // namespace vault_mock::net
