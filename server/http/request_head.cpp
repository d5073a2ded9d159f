#include "http/request_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "text/ascii.hpp"

namespace vault_mock::http {
namespace {

using Refused = tl::unexpected<Refusal>;

constexpr std::array<bool, 256> token_characters() {
  std::array<bool, 256> table{};
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = true;
  for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = true;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) table[c] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr auto kToken = token_characters();

// Both look at every byte without a way out in the loop: the compiler then takes many at a time.
bool is_token(std::string_view text) {
  bool all = !text.empty();
  for (const char c : text) all &= kToken[static_cast<unsigned char>(c)];
  return all;
}

bool has_control(std::string_view text) {
  bool any = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    any |= (byte < 0x20 && byte != '\t') | (byte == 0x7f);
  }
  return any;
}

// Takes the line at the front of `rest`, without its CRLF. Nothing when it does not end in CRLF.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos || end == 0 || rest[end - 1] != '\r') return std::nullopt;
  const auto line = rest.substr(0, end - 1);
  rest.remove_prefix(end + 1);
  return line;
}

std::optional<Refusal> read_method(std::string_view method) {
  static constexpr std::string_view kServed[] = {"GET", "POST", "HEAD", "PATCH", "PUT", "DELETE", "OPTIONS"};
  if (std::find(std::begin(kServed), std::end(kServed), method) != std::end(kServed)) return std::nullopt;
  if (!is_token(method)) return Refusal{400, "the request line does not begin with a method"};
  if (method == "CONNECT" || method == "TRACE") return Refusal{405, "the method is not served here"};
  return Refusal{501, "the method is not known here"};
}

// A server must take the whole URL for a target, too (RFC 9112, section 3.2.2), as clients send it to a
// proxy.
std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!text::equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    const auto path = target.find('/', scheme.size());
    return path == target.npos ? "/" : target.substr(path);
  }
  return target;
}

std::optional<Refusal> read_request_line(std::string_view line, const RequestLimits& limits,
                                         RequestHead& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return Refusal{400, "the request line is not `METHOD target HTTP/1.1`"};
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!version.starts_with("HTTP/")) return Refusal{400, "the request line is not `METHOD target HTTP/1.1`"};
  if (version != "HTTP/1.1" && version != "HTTP/1.0")
    return Refusal{505, "only HTTP/1.1 and HTTP/1.0 are spoken here"};
  head.http_1_0 = version == "HTTP/1.0";
  if (auto refusal = read_method(head.method)) return refusal;
  if (head.target.size() > limits.max_target_bytes) return Refusal{414, "the request target is too long"};
  if (head.target.empty() || head.target.find(' ') != std::string_view::npos || has_control(head.target))
    return Refusal{400, "the request target is not a path"};
  head.target = without_authority(head.target);
  return std::nullopt;
}

std::optional<Refusal> read_content_length(std::string_view value, RequestHead& head) {
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (value.empty() || end != value.data() + value.size())
    return Refusal{400, "content-length is not a number"};
  if (error == std::errc::result_out_of_range) return Refusal{413, "the body is too large"};
  if (error != std::errc{}) return Refusal{400, "content-length is not a number"};
  head.content_length = length;
  return std::nullopt;
}

// What the fields seen so far say about body and connection.
struct Framing {
  bool has_length = false;
  bool has_encoding = false;
  bool asks_close = false;
  bool asks_keep_alive = false;
};

std::optional<Refusal> note_field(const HeaderField& field, Framing& framing, RequestHead& head) {
  switch (field.first.size()) {
    case 6:
      if (text::equal_ignoring_case(field.first, "expect") && !head.http_1_0) {
        if (!text::equal_ignoring_case(field.second, "100-continue"))
          return Refusal{417, "the only expectation met is 100-continue"};
        head.expects_continue = true;
      }
      break;
    case 10:
      if (text::equal_ignoring_case(field.first, "connection")) {
        framing.asks_close = framing.asks_close || list_contains(field.second, "close");
        framing.asks_keep_alive = framing.asks_keep_alive || list_contains(field.second, "keep-alive");
      }
      break;
    case 14:
      if (text::equal_ignoring_case(field.first, "content-length")) {
        if (framing.has_length) return Refusal{400, "content-length is given more than once"};
        framing.has_length = true;
        return read_content_length(field.second, head);
      }
      break;
    case 17:
      if (text::equal_ignoring_case(field.first, "transfer-encoding")) {
        if (framing.has_encoding) return Refusal{400, "transfer-encoding is given more than once"};
        framing.has_encoding = true;
        if (!text::equal_ignoring_case(field.second, "chunked"))
          return Refusal{501, "the only transfer-encoding read is chunked"};
        head.chunked = true;
      }
      break;
    default:
      break;
  }
  return std::nullopt;
}

}  // namespace

bool list_contains(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (text::equal_ignoring_case(text::trim(list.substr(0, comma)), token)) return true;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
}

std::size_t end_of_head(std::string_view bytes, std::size_t search_from) {
  const auto at = bytes.find("\r\n\r\n", search_from);
  return at == std::string_view::npos ? at : at + 4;
}

tl::expected<void, Refusal> read_head(std::string_view bytes, const RequestLimits& limits,
                                      RequestHead& head) {
  auto fields = std::move(head.fields);
  fields.clear();
  head = RequestHead{};
  head.fields = std::move(fields);

  if (bytes.size() > limits.max_head_bytes) return Refused({431, "the request's head is too large"});
  auto line = take_line(bytes);
  if (!line) return Refused({400, "a line of the head does not end in CRLF"});
  if (auto refusal = read_request_line(*line, limits, head)) return Refused(*refusal);

  Framing framing;
  while (true) {
    line = take_line(bytes);
    if (!line) return Refused({400, "a line of the head does not end in CRLF"});
    if (line->empty()) break;
    if (head.fields.size() == limits.max_header_fields)
      return Refused({431, "there are too many header fields"});
    const auto colon = line->find(':');
    if (colon == std::string_view::npos) return Refused({400, "a header line has no colon"});
    const HeaderField field{line->substr(0, colon), text::trim(line->substr(colon + 1))};
    if (!is_token(field.first)) return Refused({400, "a header name is not a token"});
    if (has_control(field.second)) return Refused({400, "a header value contains a control character"});
    head.fields.push_back(field);
    if (auto refusal = note_field(field, framing, head)) return Refused(*refusal);
  }

  if (framing.has_length && framing.has_encoding)
    return Refused({400, "content-length and transfer-encoding contradict each other"});
  if (head.chunked && head.http_1_0) return Refused({400, "HTTP/1.0 has no transfer-encoding"});
  if (head.content_length > limits.max_body_bytes) return Refused({413, "the body is too large"});
  head.keep_alive = !framing.asks_close && (!head.http_1_0 || framing.asks_keep_alive);
  return {};
}

}  // namespace vault_mock::http
