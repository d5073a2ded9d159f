#include "net/request/request_head.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "net/request/host.hpp"
#include "net/request/request_target.hpp"
#include "text/ascii.hpp"

namespace vault_mock::net {
namespace {

using Refused = tl::unexpected<Refusal>;

constexpr Refusal kBareLineFeed{400, "a line of the head does not end in CRLF"};
constexpr Refusal kTargetTooLong{414, "the request target is too long"};
constexpr Refusal kHeadTooLarge{431, "the request's head is too large"};

// A request line has this much beside its target: the longest method, the version, blanks and line end, and
// more.
constexpr std::size_t kBesideTarget = 64;

// Takes the lines of a head, each without its CRLF.
class HeadLines {
 public:
  HeadLines(std::string_view bytes, const RequestLimits& limits) : bytes_(bytes), limits_(limits) {}

  tl::expected<std::string_view, Refusal> take() {
    const auto end = std::min(bytes_.find('\n', begin_), bytes_.size());
    if (begin_ == 0 && end > limits_.max_target_bytes + kBesideTarget) return Refused(kTargetTooLong);
    if (end >= limits_.max_head_bytes) return Refused(kHeadTooLarge);
    if (end == bytes_.size() || end == begin_ || bytes_[end - 1] != '\r') return Refused(kBareLineFeed);
    const auto line = bytes_.substr(begin_, end - 1 - begin_);
    begin_ = end + 1;
    return line;
  }

 private:
  const std::string_view bytes_;
  const RequestLimits& limits_;
  std::size_t begin_ = 0;
};

std::optional<Refusal> read_method(std::string_view method) {
  static constexpr std::string_view kServed[] = {"GET", "POST", "HEAD", "PATCH", "PUT", "DELETE", "OPTIONS"};
  if (std::find(std::begin(kServed), std::end(kServed), method) != std::end(kServed)) return std::nullopt;
  if (!is_token(method)) return Refusal{400, "the request line does not begin with a method"};
  if (method == "CONNECT" || method == "TRACE") return Refusal{405, "the method is not served here"};
  return Refusal{501, "the method is not known here"};
}

constexpr bool is_digit_of_version(char c) { return c >= '0' && c <= '9'; }

std::optional<Refusal> read_version(std::string_view version, Request& request) {
  if (version.size() != 8 || !version.starts_with("HTTP/") || !is_digit_of_version(version[5]) ||
      version[6] != '.' || !is_digit_of_version(version[7]))
    return Refusal{400, "the request line is not `METHOD target HTTP/1.1`"};
  if (version[5] != '1') return Refusal{505, "only HTTP/1.1 and HTTP/1.0 are spoken here"};
  request.http_1_0 = version[7] == '0';
  return std::nullopt;
}

// `authority`: of a target that is a whole URL.
std::optional<Refusal> read_request_line(std::string_view line, const RequestLimits& limits, Request& request,
                                         std::string_view& authority) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return Refusal{400, "the request line is not `METHOD target HTTP/1.1`"};
  request.method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  if (auto refusal = read_version(line.substr(last + 1), request)) return refusal;
  if (auto refusal = read_method(request.method)) return refusal;
  if (target.size() > limits.max_target_bytes) return kTargetTooLong;
  const auto read = read_request_target(request.method, target);
  if (!read) return read.error();
  request.target = read->path_and_query;
  authority = read->authority;
  return std::nullopt;
}

std::optional<Refusal> read_content_length(std::string_view value, Request& request) {
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (value.empty() || end != value.data() + value.size())
    return Refusal{400, "content-length is not a number"};
  if (error == std::errc::result_out_of_range) return Refusal{413, "the body is too large"};
  if (error != std::errc{}) return Refusal{400, "content-length is not a number"};
  request.content_length = length;
  return std::nullopt;
}

// What the fields seen so far say about the host, the body and the connection.
struct HeadFacts {
  std::size_t hosts = 0;
  std::size_t host_at = 0;  // the index of the last
  bool has_length = false;
  bool has_encoding = false;
  bool chunked_is_last = false;  // of the transfer codings
  std::size_t times_chunked = 0;
  bool has_other_coding = false;
  bool asks_close = false;
  bool asks_keep_alive = false;
};

// Calls `look` with each element of a comma separated list; empty ones do not count (RFC 9110, 5.6.1).
template <typename Look>
void for_each_element(std::string_view list, Look look) {
  while (true) {
    const auto comma = std::min(list.find(','), list.size());
    if (const auto element = text::trim(list.substr(0, comma)); !element.empty()) look(element);
    if (comma == list.size()) return;
    list.remove_prefix(comma + 1);
  }
}

void note_codings(std::string_view list, HeadFacts& facts) {
  facts.has_encoding = true;
  for_each_element(list, [&](std::string_view coding) {
    facts.chunked_is_last = text::equal_ignoring_case(coding, "chunked");
    if (facts.chunked_is_last)
      ++facts.times_chunked;
    else
      facts.has_other_coding = true;
  });
}

std::optional<Refusal> note_field(const text::HeaderView& field, HeadFacts& facts, Request& request) {
  switch (field.first.size()) {
    case 4:
      if (text::equal_ignoring_case(field.first, "host")) {
        ++facts.hosts;
        facts.host_at = request.headers.size() - 1;
      }
      break;
    case 6:
      if (text::equal_ignoring_case(field.first, "expect") && !request.http_1_0) {
        if (!text::equal_ignoring_case(field.second, "100-continue"))
          return Refusal{417, "the only expectation met is 100-continue"};
        request.expects_continue = true;
      }
      break;
    case 10:
      if (text::equal_ignoring_case(field.first, "connection")) {
        facts.asks_close = facts.asks_close || list_contains(field.second, "close");
        facts.asks_keep_alive = facts.asks_keep_alive || list_contains(field.second, "keep-alive");
      }
      break;
    case 14:
      if (text::equal_ignoring_case(field.first, "content-length")) {
        if (facts.has_length) return Refusal{400, "content-length is given more than once"};
        facts.has_length = true;
        return read_content_length(field.second, request);
      }
      break;
    case 17:
      if (text::equal_ignoring_case(field.first, "transfer-encoding")) note_codings(field.second, facts);
      break;
    default:
      break;
  }
  return std::nullopt;
}

std::optional<Refusal> judge_host(const HeadFacts& facts, std::string_view authority, Request& request) {
  if (facts.hosts == 0) {
    if (!request.http_1_0) return Refusal{400, "the Host header is missing"};
    if (!authority.empty()) request.headers.emplace_back("Host", authority);
    return std::nullopt;
  }
  if (facts.hosts > 1) return Refusal{400, "the Host header is given more than once"};
  auto& host = request.headers[facts.host_at].second;
  // An empty one says that the target names the host (RFC 9112, 3.2).
  const bool may_be_empty = host.empty() && !authority.empty();
  if (!may_be_empty && !is_host(host)) return Refusal{400, "the Host header is not a valid host and port"};
  if (!authority.empty()) host = authority;
  return std::nullopt;
}

std::optional<Refusal> judge_body(const HeadFacts& facts, const RequestLimits& limits, Request& request) {
  if (facts.has_encoding) {
    if (facts.has_length) return Refusal{400, "content-length and transfer-encoding contradict each other"};
    if (request.http_1_0) return Refusal{400, "HTTP/1.0 has no transfer-encoding"};
    if (!facts.chunked_is_last || facts.times_chunked > 1)
      return Refusal{400, "transfer-encoding does not end in chunked, once: where the body ends is unknown"};
    if (facts.has_other_coding) return Refusal{501, "the only transfer-encoding read is chunked"};
    request.chunked = true;
  }
  if (request.content_length > limits.max_body_bytes) return Refusal{413, "the body is too large"};
  return std::nullopt;
}

}  // namespace

bool list_contains(std::string_view list, std::string_view token) {
  bool found = false;
  for_each_element(
      list, [&](std::string_view element) { found = found || text::equal_ignoring_case(element, token); });
  return found;
}

std::size_t end_of_head(std::string_view bytes, std::size_t search_from) {
  const auto at = bytes.find("\r\n\r\n", search_from);
  return at == std::string_view::npos ? at : at + 4;
}

bool is_beyond_hope(std::string_view bytes, std::size_t looked_at, const RequestLimits& limits) {
  for (auto at = bytes.find('\n', looked_at); at != std::string_view::npos; at = bytes.find('\n', at + 1))
    if (at == 0 || bytes[at - 1] != '\r') return true;
  return bytes.size() > limits.max_head_bytes ||
         std::min(bytes.find('\n'), bytes.size()) > limits.max_target_bytes + kBesideTarget;
}

tl::expected<void, Refusal> read_head(std::string_view bytes, const RequestLimits& limits, Request& request) {
  auto fields = std::move(request.headers);
  fields.clear();
  request = Request{};
  request.headers = std::move(fields);

  HeadLines lines(bytes, limits);
  auto line = lines.take();
  if (!line) return Refused(line.error());
  std::string_view authority;
  if (auto refusal = read_request_line(*line, limits, request, authority)) return Refused(*refusal);

  HeadFacts facts;
  while (true) {
    line = lines.take();
    if (!line) return Refused(line.error());
    if (line->empty()) break;
    if (request.headers.size() == limits.max_header_fields)
      return Refused({431, "there are too many header fields"});
    const auto field = read_field_line(*line);
    if (!field) return Refused(field.error());
    request.headers.push_back(*field);
    if (auto refusal = note_field(*field, facts, request)) return Refused(*refusal);
  }
  if (auto refusal = judge_host(facts, authority, request)) return Refused(*refusal);
  if (auto refusal = judge_body(facts, limits, request)) return Refused(*refusal);
  request.keep_alive = !facts.asks_close && (!request.http_1_0 || facts.asks_keep_alive);
  return {};
}

}  // namespace vault_mock::net
