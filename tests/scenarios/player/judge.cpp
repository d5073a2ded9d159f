#include "scenarios/player/judge.hpp"

#include <algorithm>
#include <regex>

#include "scenarios/player/json_pattern.hpp"
#include "text/json/json_document.hpp"
#include "vault/base64url.hpp"

namespace vault_mock::scenarios {
namespace {

using Body = ExpectedAnswer::Body;
using Claims = ExpectedAnswer::Claims;

constexpr std::size_t kDeepest = 1000;

constexpr std::size_t kLongestText = 4000;

std::string shortened(std::string_view text) {
  if (text.size() <= kLongestText) return std::string(text);
  return std::string(text.substr(0, kLongestText)) + "… (" + std::to_string(text.size()) + " bytes)";
}

std::string number(int value) { return std::to_string(value); }

// The header of that name that stands behind `skipped` others of it.
const std::string* find_header(const Answer& answer, std::string_view name, std::size_t skipped = 0) {
  for (const auto& header : answer.headers)
    if (header.first == name && skipped-- == 0) return &header.second;
  return nullptr;
}

void compare_header(const ExpectedHeader& expected, std::size_t skipped, const Answer& actual,
                    std::vector<Difference>& differences) {
  const auto* value = find_header(actual, expected.name, skipped);
  if (!expected.value) {
    if (value != nullptr)
      differences.push_back({expected.line, expected.name + ": expected none, got '" + *value + "'"});
  } else if (value == nullptr) {
    differences.push_back(
        {expected.line, expected.name + ": is missing, expected '" + *expected.value + "'"});
  } else if (!matches_wildcards(*expected.value, *value)) {
    differences.push_back(
        {expected.line, expected.name + ": expected '" + *expected.value + "', got '" + *value + "'"});
  }
}

// Two texts that should be equal: from where they part.
std::string parting(std::string_view expected, std::string_view actual) {
  const auto parted = std::ranges::mismatch(expected, actual);
  const auto offset = static_cast<std::size_t>(parted.in1 - expected.begin());
  return "differs from byte " + std::to_string(offset) + " on\n    expected  " +
         shortened(expected.substr(offset)) + "\n    got       " + shortened(actual.substr(offset));
}

// `what` is the part of the answer that `actual` is: "body".
void compare_json(const Located& expected, std::string_view actual, const std::string& what,
                  std::vector<Difference>& differences) {
  const auto pattern = JsonPattern::read(expected.text);
  const auto value = text::read_json(actual, kDeepest);
  if (!pattern || !value) {
    const auto reason = pattern ? value.error().message : pattern.error();
    differences.push_back({expected.line, what + ": expected JSON, but " + reason});
    return;
  }
  for (const auto& mismatch : pattern->compare(value->value))
    differences.push_back({expected.line + mismatch.line, what + mismatch.pointer + ": " + mismatch.words});
}

void compare_claims(const ExpectedAnswer& expected, const Answer& actual,
                    std::vector<Difference>& differences) {
  const auto claims = claims_in(actual);
  if (!claims)
    differences.push_back({expected.claims.line, "claims: the answer has no session token that can be read"});
  else if (expected.claims_kind == Claims::json)
    compare_json(expected.claims, *claims, "claims", differences);
  else if (*claims != expected.claims.text)
    differences.push_back({expected.claims.line, "claims: " + parting(expected.claims.text, *claims)});
}

}  // namespace

std::vector<Difference> compare(const ExpectedAnswer& expected, const Answer& actual) {
  std::vector<Difference> differences;
  if (actual.status != expected.status)
    differences.push_back(
        {expected.line, "status: expected " + number(expected.status) + ", got " + number(actual.status)});
  for (auto header = expected.headers.begin(); header != expected.headers.end(); ++header) {
    const auto same = std::count_if(expected.headers.begin(), header,
                                    [&](const ExpectedHeader& other) { return other.name == header->name; });
    compare_header(*header, static_cast<std::size_t>(same), actual, differences);
  }
  if (expected.body_kind == Body::none && !actual.body.empty())
    differences.push_back({expected.line, "body: expected none, got " + shortened(actual.body)});
  if (expected.body_kind == Body::exact && actual.body != expected.body.text)
    differences.push_back({expected.body.line, "body: " + parting(expected.body.text, actual.body)});
  if (expected.body_kind == Body::json) compare_json(expected.body, actual.body, "body", differences);
  if (expected.claims_kind != Claims::unsaid) compare_claims(expected, actual, differences);
  return differences;
}

std::vector<Difference> check_invariants(const Request& request, const Answer& answer) {
  std::vector<Difference> differences;
  const auto expect = [&](bool holds, const std::string& words) {
    if (!holds) differences.push_back({request.line, "on every answer: " + words});
  };
  // The mock's own API is not for pages of other sites.
  const bool is_own = request.target.find("/_mock") != std::string::npos;
  if (is_own) return differences;
  const auto* origin = find_header(answer, "access-control-allow-origin");
  expect(origin != nullptr && *origin == "*", "access-control-allow-origin is *");

  static const std::regex kUuid("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  const auto* id = find_header(answer, "x-apideck-request-id");
  expect(id != nullptr && std::regex_match(*id, kUuid), "x-apideck-request-id is a version 4 UUID");
  const auto* type = find_header(answer, "content-type");
  const bool is_page =
      type != nullptr && type->starts_with("text/html");  // for people: it says it in its own way
  if (answer.status < 400 || request.method == "HEAD" || is_page) return differences;

  const auto body = text::read_json(answer.body);
  const auto has = [&](const char* name, auto... types) {
    return body->value.contains(name) && ((body->value.at(name).type() == types) || ...);
  };
  using Type = nlohmann::json::value_t;
  expect(body && body->value.is_object() && body->value.size() == 6 &&
             has("status_code", Type::number_unsigned) && has("error", Type::string) &&
             has("type_name", Type::string) && has("message", Type::string) &&
             has("detail", Type::string, Type::object) && has("ref", Type::string) &&
             body->value["status_code"] == answer.status,
         "an error has status_code, error, type_name, message, detail and ref, and no more");
  return differences;
}

std::string to_text(const Answer& answer) {
  std::string text = "< " + number(answer.status) + "\n";
  for (const auto& [name, value] : answer.headers) text += "< " + name + ": " + shortened(value) + "\n";
  text += shortened(answer.body);
  if (const auto claims = claims_in(answer)) text += "\n< claims\n" + *claims;
  return text;
}

std::optional<std::string> claims_in(const Answer& answer) {
  const auto body = text::read_json(answer.body);
  const nlohmann::json::json_pointer place("/data/session_token");
  if (!body || !body->value.contains(place) || !body->value.at(place).is_string()) return std::nullopt;
  const auto token = body->value.at(place).get<std::string>();
  const auto start = token.find('.');
  const auto end = token.find('.', start + 1);
  if (start == token.npos || end == token.npos) return std::nullopt;
  return vault::decode_base64url(std::string_view(token).substr(start + 1, end - start - 1));
}

}  // namespace vault_mock::scenarios
