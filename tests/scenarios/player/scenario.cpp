#include "scenarios/player/scenario.hpp"

#include <algorithm>
#include <charconv>

#include "scenarios/player/json_pattern.hpp"
#include "scenarios/player/placeholder.hpp"
#include "text/ascii.hpp"
#include "text/duration.hpp"
#include "text/json/fast_json.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::scenarios {
namespace {

constexpr std::string_view kAnswer = "< ";

bool is_blank(std::string_view line) { return text::trim(line).empty(); }
bool is_comment(std::string_view line) { return line == "#" || line.starts_with("# "); }

// "POST /vault/sessions"
bool is_request_line(std::string_view line) {
  const auto space = line.find(' ');
  return space != line.npos && space > 0 && space + 1 < line.size() &&
         (line[space + 1] == '/' || line[space + 1] == '*' || line.substr(space + 1).starts_with("http")) &&
         std::ranges::all_of(line.substr(0, space), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<int> read_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "3 times"
std::optional<int> read_times(std::string_view line) {
  constexpr std::string_view kTimes = " times";
  return line.ends_with(kTimes) ? read_number(line.substr(0, line.size() - kTimes.size())) : std::nullopt;
}

class Reader {
 public:
  explicit Reader(std::string_view text) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      lines_.push_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  Scenario read() {
    read_title();
    while (at_ < lines_.size()) {
      const auto line = lines_[at_];
      if (is_blank(line) || is_comment(line))
        ++at_;
      else if (line == "only over the socket")
        read_only();
      else if (line.starts_with("with "))
        read_options();
      else if (line == "rules")
        read_rules();
      else
        read_exchange();
    }
    if (scenario_.exchanges.empty()) fail("there is no exchange");
    return std::move(scenario_);
  }

 private:
  // Thrown and caught in this file only.
  [[noreturn]] void fail(std::string reason) const { throw Unreadable{line_number(), std::move(reason)}; }
  [[noreturn]] static void fail_in(const Located& block, std::string reason) {
    throw Unreadable{block.line, std::move(reason)};
  }

  int line_number() const { return static_cast<int>(at_) + 1; }
  bool more() const { return at_ < lines_.size(); }
  bool in_answer() const { return more() && lines_[at_].starts_with(kAnswer); }
  bool at_next_item() const {
    const auto line = lines_[at_];
    return line.starts_with(kAnswer) || is_request_line(line) || is_comment(line) || read_times(line);
  }

  void read_title() {
    for (; more() && !is_blank(lines_[at_]); ++at_) {
      if (is_request_line(lines_[at_]) || in_answer())
        fail("a scenario begins with a title and a blank line");
      scenario_.title.append(scenario_.title.empty() ? "" : " ").append(text::trim(lines_[at_]));
    }
    if (!scenario_.title.ends_with('.')) fail("the title is a sentence: it ends with a full stop");
  }

  void read_only() {
    if (!scenario_.exchanges.empty()) fail("'only' stands before the first exchange");
    scenario_.only_over_socket = true;
    ++at_;
  }

  void read_options() {
    if (!scenario_.exchanges.empty()) fail("'with' stands before the first exchange");
    auto words = lines_[at_++].substr(5);
    while (!(words = text::trim(words)).empty()) {
      const auto end = std::min(words.find(' '), words.size());
      scenario_.options.emplace_back(words.substr(0, end));
      words.remove_prefix(end);
    }
  }

  void read_rules() {
    if (!scenario_.exchanges.empty() || !scenario_.rules.empty())
      fail("'rules' stands once, before the first exchange");
    ++at_;
    scenario_.rules = read_block().text;
    if (scenario_.rules.empty()) fail("'rules' is followed by JSON");
  }

  // Lines up to the next item, without blank lines around them.
  Located read_block() {
    while (more() && is_blank(lines_[at_])) ++at_;
    Located block{.text = "", .line = line_number()};
    for (; more() && !at_next_item(); ++at_) block.text.append(lines_[at_]).append("\n");
    block.text.erase(block.text.find_last_not_of(" \n") + 1);  // npos + 1 is 0
    return block;
  }

  void read_exchange() {
    Exchange exchange;
    if (const auto times = read_times(lines_[at_])) {
      if (*times < 1) fail("a number of times is at least 1");
      exchange.times = *times;
      ++at_;
    }
    if (!more() || !is_request_line(lines_[at_]))
      fail(
          "expected a request ('POST /vault/sessions'), 'N times', '# …', or before them 'with …' or "
          "'rules'");
    exchange.request = read_request();
    exchange.answer = read_answer();
    scenario_.exchanges.push_back(std::move(exchange));
  }

  std::string filled(std::string_view text) const {
    auto result = fill_placeholders(text);
    if (!result) fail(result.error());
    return std::move(*result);
  }

  Request read_request() {
    Request request;
    request.line = line_number();
    const auto line = lines_[at_++];
    request.method = line.substr(0, line.find(' '));
    request.target = filled(line.substr(line.find(' ') + 1));
    request.headers = read_headers();
    while (more() && is_blank(lines_[at_])) ++at_;
    for (; more() && !in_answer(); ++at_) request.body.append(lines_[at_]).append("\n");
    request.body.erase(request.body.find_last_not_of('\n') + 1);
    request.body = filled(request.body);
    return request;
  }

  HeaderList read_headers() {
    HeaderList inherited, own;
    if (more() && lines_[at_] == "…") {
      if (scenario_.exchanges.empty())
        fail("'…' stands for the headers of the request before: there is none");
      inherited = scenario_.exchanges.back().request.headers;
      ++at_;
    }
    const auto drop_inherited = [&](std::string_view name) {
      return std::erase_if(inherited,
                           [&](const auto& header) { return text::equal_ignoring_case(header.first, name); });
    };
    for (; more() && !is_blank(lines_[at_]) && !in_answer(); ++at_) {
      const auto line = lines_[at_];
      if (line.starts_with("no ")) {
        if (drop_inherited(line.substr(3)) == 0) fail("the request before has no such header");
        continue;
      }
      const auto [name, value] = read_header(line);
      drop_inherited(name);
      own.emplace_back(name, filled(value));
    }
    inherited.insert(inherited.end(), own.begin(), own.end());
    return inherited;
  }

  std::pair<std::string_view, std::string_view> read_header(std::string_view line) const {
    const auto colon = line.find(':');
    if (colon == line.npos || colon == 0 || line.substr(0, colon).find(' ') != line.npos)
      fail("expected a header ('name: value'), '…', 'no name', or a blank line before the body");
    return {line.substr(0, colon), text::trim(line.substr(colon + 1))};
  }

  ExpectedAnswer read_answer() {
    if (!in_answer()) fail("expected an answer: '< 200'");
    ExpectedAnswer answer;
    answer.line = line_number();
    const auto status = read_number(lines_[at_].substr(kAnswer.size()));
    if (!status || *status < 100 || *status > 599) fail("expected a status after '<'");
    answer.status = *status;
    ++at_;
    while (more()) {
      if (in_answer())
        read_answer_line(answer);
      else if (auto body = read_block(); !body.text.empty())
        set_body(answer, ExpectedAnswer::Body::json, std::move(body));
      else if (!in_answer())
        break;
    }
    return answer;
  }

  void read_answer_line(ExpectedAnswer& answer) {
    const auto line = lines_[at_].substr(kAnswer.size());
    if (line == "no body") {
      set_body(answer, ExpectedAnswer::Body::none, {});
      ++at_;
    } else if (line == "exactly") {
      ++at_;
      auto body = read_block();
      body.text = filled(body.text);
      set_body(answer, ExpectedAnswer::Body::exact, std::move(body));
    } else if (line == "claims" || line == "claims like") {
      if (answer.claims_kind != ExpectedAnswer::Claims::unsaid) fail("'claims' stands twice");
      answer.claims_kind = line == "claims" ? ExpectedAnswer::Claims::exact : ExpectedAnswer::Claims::json;
      ++at_;
      answer.claims = read_claims(answer.claims_kind);
    } else if (line.starts_with("after ")) {
      const auto delay = text::parse_duration(line.substr(6));
      if (!delay) fail("expected a duration after 'after': 2s");
      answer.delay = *delay;
      ++at_;
    } else if (line.starts_with("no ")) {
      answer.headers.push_back(
          {.name = text::lower(line.substr(3)), .value = std::nullopt, .line = line_number()});
      ++at_;
    } else {
      const auto [name, value] = read_header(line);
      answer.headers.push_back({.name = text::lower(name), .value = filled(value), .line = line_number()});
      ++at_;
    }
  }

  Located read_claims(ExpectedAnswer::Claims kind) {
    auto claims = read_block();
    if (kind == ExpectedAnswer::Claims::json) {
      if (const auto read = JsonPattern::read(claims.text); !read) fail_in(claims, read.error());
    } else {
      if (const auto read = text::read_json(claims.text); !read) fail_in(claims, read.error().message);
      claims.text = text::minified(claims.text);
    }
    return claims;
  }

  void set_body(ExpectedAnswer& answer, ExpectedAnswer::Body kind, Located body) const {
    if (answer.body_kind != ExpectedAnswer::Body::unsaid)
      fail("the body is said twice, or this line is not understood");
    if (kind == ExpectedAnswer::Body::json)
      if (const auto read = JsonPattern::read(body.text); !read)
        fail_in(body, "expected JSON ('< exactly' for other text): " + read.error());
    answer.body_kind = kind;
    answer.body = std::move(body);
  }

  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  Scenario scenario_;
};

}  // namespace

HeaderList sent_headers(const Request& request) {
  HeaderList headers = request.headers;
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(
        headers, [&](const auto& header) { return text::equal_ignoring_case(header.first, name); });
  };
  // Whatever the port is: answers are the same in process and over a socket.
  if (!has("host")) headers.insert(headers.begin(), {"host", "127.0.0.1:4010"});
  if (!request.body.empty() && !has("content-length") && !has("transfer-encoding"))
    headers.emplace_back("content-length", std::to_string(request.body.size()));
  return headers;
}

tl::expected<Scenario, Unreadable> read_scenario(std::string_view text) {
  try {
    return Reader(text).read();
  } catch (Unreadable& unreadable) {
    return tl::unexpected(std::move(unreadable));
  }
}

}  // namespace vault_mock::scenarios
