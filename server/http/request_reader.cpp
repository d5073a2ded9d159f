#include "http/request_reader.hpp"

#include <algorithm>
#include <utility>

namespace vault_mock::http {
namespace {

RequestReader::Progress refuse_arrival(Arrival& arrival, Refusal refusal) {
  arrival.refusal = refusal;
  return RequestReader::Progress::refused;
}

// What is already certain of a head that has not ended.
bool too_large(std::string_view bytes, const RequestLimits& limits, Refusal& refusal) {
  if (std::min(bytes.find('\n'), bytes.size()) > limits.max_target_bytes + 64) {
    refusal = {414, "the request target is too long"};
    return true;
  }
  if (bytes.size() > limits.max_head_bytes) {
    refusal = {431, "the request's head is too large"};
    return true;
  }
  return false;
}

// A line that ends in LF alone would leave the client waiting for an answer until the deadline.
bool has_bare_line_feed(std::string_view bytes, std::size_t from) {
  for (auto at = bytes.find('\n', from); at != std::string_view::npos; at = bytes.find('\n', at + 1))
    if (at == 0 || bytes[at - 1] != '\r') return true;
  return false;
}

bool could_begin_a_method(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

bool RequestReader::take_wants_continue() {
  return partial_ && std::exchange(partial_->wants_continue, false);
}

auto RequestReader::read(std::string_view& input, const RequestLimits& limits, Arrival& arrival) -> Progress {
  return partial_ ? read_more(input, limits, arrival) : read_first(input, limits, arrival);
}

auto RequestReader::read_first(std::string_view& input, const RequestLimits& limits, Arrival& arrival)
    -> Progress {
  while (!input.empty() && (input.front() == '\r' || input.front() == '\n')) input.remove_prefix(1);
  if (input.empty()) return Progress::incomplete;
  if (!could_begin_a_method(input.front()))
    return refuse_arrival(arrival, {400, "this is not an HTTP request (is the client speaking TLS?)"});

  const auto head_size = end_of_head(input, 0);
  if (head_size == std::string_view::npos) {
    if (has_bare_line_feed(input, 0))
      return refuse_arrival(arrival, {400, "a line of the head does not end in CRLF"});
    if (too_large(input, limits, arrival.refusal)) return Progress::refused;
    partial_ = std::make_unique<Partial>();
    partial_->head = input;
    input = {};
    return Progress::incomplete;
  }

  const auto head_bytes = input.substr(0, head_size);
  if (auto head = read_head(head_bytes, limits, arrival.head); !head) return refuse_arrival(arrival, head.error());
  input.remove_prefix(head_size);
  arrival.body.clear();
  const auto& head = arrival.head;
  if (!head.chunked && input.size() >= head.content_length) {
    arrival.body.assign(input, 0, head.content_length);
    input.remove_prefix(head.content_length);
    return Progress::complete;
  }
  partial_ = std::make_unique<Partial>();
  partial_->head = head_bytes;
  partial_->head_complete = true;
  partial_->chunked = head.chunked;
  partial_->content_length = head.content_length;
  partial_->wants_continue = head.expects_continue && input.empty();
  return read_more_body(input, limits, arrival);
}

auto RequestReader::read_more(std::string_view& input, const RequestLimits& limits, Arrival& arrival)
    -> Progress {
  if (partial_->head_complete) return read_more_body(input, limits, arrival);

  auto& bytes = partial_->head;
  const auto old_size = bytes.size();
  bytes += input;
  const auto head_size = end_of_head(bytes, old_size < 3 ? 0 : old_size - 3);
  if (head_size == std::string::npos) {
    if (has_bare_line_feed(bytes, old_size))
      return refuse_arrival(arrival, {400, "a line of the head does not end in CRLF"});
    if (too_large(bytes, limits, arrival.refusal)) return Progress::refused;
    input = {};
    return Progress::incomplete;
  }
  input.remove_prefix(head_size - old_size);
  bytes.resize(head_size);
  if (auto head = read_head(bytes, limits, arrival.head); !head) return refuse_arrival(arrival, head.error());
  partial_->head_complete = true;
  partial_->chunked = arrival.head.chunked;
  partial_->content_length = arrival.head.content_length;
  partial_->wants_continue = arrival.head.expects_continue && input.empty();
  return read_more_body(input, limits, arrival);
}

auto RequestReader::read_more_body(std::string_view& input, const RequestLimits& limits, Arrival& arrival)
    -> Progress {
  auto& partial = *partial_;
  if (partial.chunked) {
    const auto progress = partial.chunks.read(input, limits, partial.body);
    if (!progress) return refuse_arrival(arrival, progress.error());
    if (*progress == ChunkedBody::Progress::more) return Progress::incomplete;
  } else {
    const auto taken = std::min(partial.content_length - partial.body.size(), input.size());
    partial.body.append(input.substr(0, taken));
    input.remove_prefix(taken);
    if (partial.body.size() < partial.content_length) return Progress::incomplete;
  }
  arrival.head_bytes = std::move(partial.head);
  arrival.body = std::move(partial.body);
  partial_.reset();
  // Read again, as the views must point into the bytes' last place.
  if (auto head = read_head(arrival.head_bytes, limits, arrival.head); !head)
    return refuse_arrival(arrival, head.error());
  return Progress::complete;
}

}  // namespace vault_mock::http
