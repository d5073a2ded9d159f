#include "net/request/request_reader.hpp"

#include <algorithm>
#include <utility>

namespace vault_mock::net {
namespace {

bool could_begin_a_method(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

bool RequestReader::take_wants_continue() {
  return partial_ && std::exchange(partial_->wants_continue, false);
}

auto RequestReader::read(std::string_view& input, const RequestLimits& limits, ReceivedRequest& received)
    -> Progress {
  return partial_ ? read_more(input, limits, received) : read_first(input, limits, received);
}

auto RequestReader::refuse(ReceivedRequest& received, Refusal refusal) -> Progress {
  received.refusal = refusal;
  return Progress::refused;
}

// False: a line ends in another way than CRLF.
bool RequestReader::skip_blank_lines(std::string_view& input) {
  while (!input.empty() && (half_blank_line_ || input.front() == '\r' || input.front() == '\n')) {
    if ((input.front() == '\n') != half_blank_line_) return false;
    half_blank_line_ = !half_blank_line_;
    input.remove_prefix(1);
  }
  return true;
}

// Of a head that has not ended. One that could only be refused in the end is refused now: a line that ends in
// LF alone, say, would leave the client waiting for an answer until the deadline.
auto RequestReader::keep_head(std::string_view bytes, std::size_t looked_at, const RequestLimits& limits,
                              ReceivedRequest& received) -> Progress {
  if (!is_beyond_hope(bytes, looked_at, limits)) return Progress::incomplete;
  const auto head = read_head(bytes, limits, received.request);
  return refuse(received, head ? Refusal{400, "the head of the request is broken"} : head.error());
}

auto RequestReader::read_first(std::string_view& input, const RequestLimits& limits,
                               ReceivedRequest& received) -> Progress {
  if (!skip_blank_lines(input))
    return refuse(received, {400, "a line before the request does not end in CRLF"});
  if (input.empty()) return Progress::incomplete;
  if (!could_begin_a_method(input.front()))
    return refuse(received, {400, "this is not an HTTP request (is the client speaking TLS?)"});

  const auto head_size = end_of_head(input, 0);
  if (head_size == std::string_view::npos) {
    const auto progress = keep_head(input, 0, limits, received);
    if (progress == Progress::refused) return progress;
    partial_ = std::make_unique<Partial>();
    partial_->head = input;
    input = {};
    return progress;
  }

  const auto head_bytes = input.substr(0, head_size);
  if (auto head = read_head(head_bytes, limits, received.request); !head)
    return refuse(received, head.error());
  input.remove_prefix(head_size);
  received.body.clear();
  const auto& head = received.request;
  if (!head.chunked && input.size() >= head.content_length) {
    received.body.assign(input, 0, head.content_length);
    input.remove_prefix(head.content_length);
    received.request.body = received.body;
    return Progress::complete;
  }
  partial_ = std::make_unique<Partial>();
  partial_->head = head_bytes;
  partial_->head_complete = true;
  partial_->chunked = head.chunked;
  partial_->content_length = head.content_length;
  partial_->wants_continue = head.expects_continue && input.empty();
  return read_more_body(input, limits, received);
}

auto RequestReader::read_more(std::string_view& input, const RequestLimits& limits, ReceivedRequest& received)
    -> Progress {
  if (partial_->head_complete) return read_more_body(input, limits, received);

  auto& bytes = partial_->head;
  const auto old_size = bytes.size();
  bytes += input;
  const auto head_size = end_of_head(bytes, old_size < 3 ? 0 : old_size - 3);
  if (head_size == std::string::npos) {
    input = {};
    return keep_head(bytes, old_size, limits, received);
  }
  input.remove_prefix(head_size - old_size);
  bytes.resize(head_size);
  if (auto head = read_head(bytes, limits, received.request); !head) return refuse(received, head.error());
  partial_->head_complete = true;
  partial_->chunked = received.request.chunked;
  partial_->content_length = received.request.content_length;
  partial_->wants_continue = received.request.expects_continue && input.empty();
  return read_more_body(input, limits, received);
}

auto RequestReader::read_more_body(std::string_view& input, const RequestLimits& limits,
                                   ReceivedRequest& received) -> Progress {
  auto& partial = *partial_;
  if (partial.chunked) {
    const auto progress = partial.chunks.read(input, limits, partial.body);
    if (!progress) return refuse(received, progress.error());
    if (*progress == ChunkedBody::Progress::more) return Progress::incomplete;
  } else {
    const auto taken = std::min(partial.content_length - partial.body.size(), input.size());
    partial.body.append(input.substr(0, taken));
    input.remove_prefix(taken);
    if (partial.body.size() < partial.content_length) return Progress::incomplete;
  }
  received.head_bytes = std::move(partial.head);
  received.body = std::move(partial.body);
  partial_.reset();
  // Read again, as the views must point into the bytes' last place.
  if (auto head = read_head(received.head_bytes, limits, received.request); !head)
    return refuse(received, head.error());
  received.request.body = received.body;
  return Progress::complete;
}

}  // namespace vault_mock::net
