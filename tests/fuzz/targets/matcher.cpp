// A matcher and the JSON value it is asked about: `not` turns it round, and a value that does not match has a
// reason.
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/awkward_request.hpp"
#include "fuzz/targets/in_two.hpp"
#include "rules/language/rule_file.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::fuzz {
namespace {

tl::expected<rules::Condition, std::vector<rules::Mistake>> condition(const std::string& matcher) {
  return rules::condition_from_text(R"({"when":{"body":{"/a":)" + matcher + "}}}", "/when", "fuzz.json", {});
}

}  // namespace

void match_value(std::string_view bytes) {
  const auto [text, json] = in_two(bytes);
  const std::string matcher(text);
  if (!text::read_json(matcher, 50)) return;
  const auto made = condition(matcher);
  if (!made) {
    require(!rules::format(made.error()).empty(), "mistakes can be shown");
    return;
  }
  const auto read = text::read_json(json);
  nlohmann::json body = nlohmann::json::object();
  if (read) body["a"] = read->value;

  const auto request = awkward_request(&body);
  const bool holds = made->holds(request);
  require(holds != made->why_not(request).has_value(), "there is a reason exactly when it does not hold");
  require(holds == made->differences(request).empty(), "there are differences exactly when it does not hold");
  if (const auto turned = condition(R"({"not":)" + matcher + "}"))
    require(turned->holds(request) != holds, "`not` turns a matcher round");
  require(*made == *made || matcher.find("schema") != matcher.npos, "a condition equals itself");
}

}  // namespace vault_mock::fuzz
