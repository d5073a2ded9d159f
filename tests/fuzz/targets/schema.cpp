// A JSON Schema in a rule, and values: it is refused with places, or judges every value the same way twice,
// in bounded time. An input is "schema\nvalue", or bytes that both are made from.
#include "contract/schema.hpp"

#include <algorithm>

#include "contract/contract.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/awkward_request.hpp"
#include "fuzz/targets/in_two.hpp"
#include "fuzz/targets/random_schema.hpp"
#include "rules/language/rule_file.hpp"
#include "support/known_names.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::fuzz {
namespace {

using nlohmann::json;
using support::known_names;
using Verdict = contract::Judgement::Verdict;

void check_mistakes(const json& schema, const std::vector<contract::SchemaMistake>& mistakes) {
  for (const auto& mistake : mistakes) {
    require(!mistake.message.empty(), "a mistake is put into words");
    require(mistake.pointer.empty() || schema.contains(json::json_pointer(mistake.pointer)),
            "a mistake points into the schema: " + mistake.pointer);
  }
}

// The same schema, deeper: what holds for a value holds for a member of that value.
void check_wrapped(const json& source, const json& value, Verdict verdict) {
  if (source.dump().find("$ref") != std::string::npos) return;  // references would lead elsewhere
  const auto same = contract::Schema::compile({{"allOf", {source, source}}});
  const auto turned = contract::Schema::compile({{"not", source}});
  if (!same || !turned || verdict == Verdict::undecided) return;  // twice as large may be too large
  const auto again = same->judge(value).verdict;
  require(again == verdict || again == Verdict::undecided, "`allOf` of the same says the same");
  const auto opposite = turned->judge(value).verdict;
  require(opposite != verdict, "`not` says the opposite");
}

void judge_value(const json& source, const json& value) {
  const auto schema = contract::Schema::compile(source);
  const std::string rule =
      R"({"when":{"body":{"/v":{"schema":)" + source.dump() + R"(}}},"respond":{"pass":true}})";
  const auto read = rules::rule_from_text(rule, "fuzz.json", known_names());
  if (!schema) {
    require(!schema.error().empty(), "a refused schema says why");
    check_mistakes(source, schema.error());
    require(!read && !rules::format(read.error()).empty(), "a rule with a bad schema is refused");
    return;
  }
  require(read.has_value(), "a rule with a good schema is taken");
  check_mistakes(source, schema->warnings());

  const auto judgement = schema->judge(value);
  require(judgement.verdict == schema->judge(value).verdict, "the same value is judged the same again");
  if (judgement.verdict == Verdict::refused) {
    require(!judgement.keyword.empty(), "a refusal names its keyword");
    require(value.contains(json::json_pointer(judgement.place)), "a refusal has a place in the value");
  }
  check_wrapped(source, value, judgement.verdict);

  const json body{{"v", value}};
  const auto request = awkward_request(&body);
  const auto& when = read->rule->when;
  require(when.holds(request) == (judgement.verdict == Verdict::accepted),
          "a rule takes the schema's verdict");
  require(when.holds(request) != when.why_not(request).has_value(),
          "there is a reason exactly when it does not hold");
}

}  // namespace

void judge_schema(std::string_view bytes) {
  const auto [first, second] = in_two(bytes);
  if (const auto schema = text::read_json(first, 48)) {
    if (!schema->duplicate_keys.empty() || !(schema->value.is_object() || schema->value.is_boolean())) return;
    const auto value = text::read_json(second, 48);
    return judge_value(schema->value, value ? value->value : json(std::string(second.substr(0, 64))));
  }
  Choices choices(bytes);
  const auto value = random_value(choices);
  judge_value(random_schema(choices, Temper::wild), value);
}

}  // namespace vault_mock::fuzz
