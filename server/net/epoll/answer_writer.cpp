#include "net/epoll/answer_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "net/date_field.hpp"
#include "text/ascii.hpp"
#include "text/reason_phrase.hpp"

namespace vault_mock::net {
namespace {

void append_number(std::string& to, std::size_t number, int base = 10) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.begin(), digits.end(), number, base).ptr;
  to.append(digits.begin(), end);
}

void append_field(std::string& to, std::string_view name, std::string_view value) {
  to.append(name).append(": ").append(value).append("\r\n");
}

enum class Body { of_known_length, streamed };

// All of the head but the lines that frame the body, and the blank line.
void begin_head(std::string& to, const Answer& answer, Body body) {
  to.append("HTTP/1.1 ");
  append_number(to, static_cast<std::size_t>(answer.status));
  to.append(1, ' ').append(text::reason_phrase(answer.status)).append("\r\n");
  bool has_date = false;
  bool has_type = answer.body.empty() && body == Body::of_known_length;
  for (const auto& [name, value] : answer.headers) {
    append_field(to, name, value);
    has_date = has_date || text::equal_ignoring_case(name, "date");
    has_type = has_type || text::equal_ignoring_case(name, "content-type");
  }
  if (!has_date) append_field(to, "Date", current_date());
  if (!has_type) append_field(to, "Content-Type", "text/plain");
}

void end_head(std::string& to, const Framing& framing) {
  if (framing.close)
    append_field(to, "Connection", "close");
  else if (framing.http_1_0)
    append_field(to, "Connection", "keep-alive");
  to.append("\r\n");
}

std::size_t size_of(const Answer& answer) {
  std::size_t size = 160 + answer.body.size();
  for (const auto& [name, value] : answer.headers) size += name.size() + value.size() + 4;
  return size;
}

}  // namespace

void write_answer(std::string& to, const Answer& answer, const Framing& framing) {
  to.reserve(to.size() + size_of(answer));
  begin_head(to, answer, Body::of_known_length);
  if (!forbids_body(answer.status)) {
    to.append("Content-Length: ");
    append_number(to, answer.body.size());
    to.append("\r\n");
  }
  end_head(to, framing);
  if (!framing.head_only) to.append(answer.body);
}

void write_stream_head(std::string& to, const Answer& answer, Framing& framing) {
  begin_head(to, answer, Body::streamed);
  if (framing.http_1_0)
    framing.close = true;
  else
    append_field(to, "Transfer-Encoding", "chunked");
  end_head(to, framing);
}

void write_chunk(std::string& to, std::string_view piece) {
  if (piece.empty()) return;
  append_number(to, piece.size(), 16);
  to.append("\r\n").append(piece).append("\r\n");
}

}  // namespace vault_mock::net
