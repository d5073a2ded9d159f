#include "rules/language/read_rule.hpp"

#include <algorithm>

#include "rules/language/contract_conflicts.hpp"
#include "rules/language/read_condition.hpp"
#include "rules/language/read_respond.hpp"
#include "text/json/fast_json.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::rules {
namespace {

const std::vector<std::string> kRuleKeys = {"name",        "description", "when", "given",   "before",
                                            "probability", "times",       "per",  "respond", "sequence",
                                            "random",      "then",        "sets"};
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kMostSteps = 1000;
constexpr double kMostWeight = 1e6;

// FNV-1a, 64 bits: the same on every machine and in every run.
std::uint64_t hash(std::string_view text, std::uint64_t seed = 14695981039346656037ull) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return seed;
}

// Names are shown in a header and in the log.
std::string read_name(const SourceValue& source, std::size_t number) {
  const auto member = source.member("name");
  if (!member) return "rule " + std::to_string(number);
  auto name = member->string("a name, a string").value_or("?");
  if (name.empty() || name.size() > kLongestName)
    member->refuse("expected a name of 1 to " + std::to_string(kLongestName) + " bytes");
  if (std::ranges::any_of(name, [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; }))
    member->refuse("a name must be one line without control characters");
  return name;
}

// "used up" is short for {"state": "used up"}.
std::vector<NamedState> read_states(const SourceValue& source, std::string_view key) {
  const auto member = source.member(key);
  if (!member) return {};
  if (member->value().is_string()) return {{"state", member->value().get<std::string>()}};
  std::vector<NamedState> states;
  if (!member->value().is_object() || member->value().empty()) {
    member->expected("an object: names of states and their values, such as {\"quota\": \"used up\"}");
    return states;
  }
  for (const auto& [name, value] : member->members()) {
    if (value.value().is_null()) {
      states.push_back({name, std::nullopt});
    } else if (auto text = value.string("a string, or null for a state that nothing has set")) {
      states.push_back({name, std::move(*text)});
    }
  }
  return states;
}

// The answers of "sequence" or "random".
std::vector<SourceValue> answers_of(const SourceValue& list) {
  const auto& value = list.value();
  const auto answers = " " + std::to_string(kMostSteps) + " answers";
  if (value.is_array() && value.empty()) {
    list.refuse("this list is empty: give 1 to" + answers);
  } else if (!value.is_array() || value.size() > kMostSteps) {
    list.expected("a list of 1 to" + answers);
  } else {
    return list.elements();
  }
  return {};
}

// How often the answer is drawn, compared with the others.
double read_weight(const SourceValue& answer) {
  const auto weight = answer.member("weight");
  if (!weight) return 1;
  const auto number = weight->number("a weight, a number");
  if (number && (*number <= 0 || *number > kMostWeight))
    weight->refuse("expected a weight above 0, at most 1000000, found " + weight->found());
  return number.value_or(1);
}

void read_answers(const SourceValue& source, bool mistyped, Rule& rule) {
  static const std::vector<std::string> kThen = {"last", "repeat", "pass"};
  const auto add = [&](const SourceValue& answer, AnswerOf of) {
    auto step = read_respond(answer, of);
    if (!step) return;
    rule.steps.push_back(std::move(*step));
    if (of == AnswerOf::random) rule.weights.push_back(read_weight(answer));
  };
  std::string first;
  for (const std::string key : {"respond", "sequence", "random"}) {
    const auto member = source.member(key);
    if (!member) continue;
    if (first.empty())
      first = key;
    else
      member->refuse_key(in_quotes(first) + " and " + in_quotes(key) + " cannot be used together");
    if (key == "respond")
      add(*member, AnswerOf::rule);
    else
      for (const auto& answer : answers_of(*member))
        add(answer, key == "random" ? AnswerOf::random : AnswerOf::rule);
  }
  if (first.empty() && !mistyped)
    source.refuse("a rule without an answer: expected \"respond\", \"sequence\" or \"random\"");
  if (const auto then = source.member("then")) {
    if (!source.has("sequence")) then->refuse_key("\"then\" has no effect without \"sequence\"");
    if (const auto word = then->one_of(kThen)) rule.then = static_cast<Then>(*word);
  }
}

void read_limits(const SourceValue& source, Rule& rule) {
  static const std::vector<std::string> kBefore = {"validation"};
  static const std::vector<std::string> kPer = {"space", "consumer"};
  if (const auto before = source.member("before"))
    if (before->one_of(kBefore)) rule.phase = Phase::before_validation;
  if (const auto per = source.member("per"))
    if (const auto word = per->one_of(kPer)) rule.per = static_cast<Per>(*word);
  if (const auto times = source.member("times")) {
    if (const auto number = times->whole_number(1, INT64_MAX))
      rule.times = static_cast<std::uint64_t>(*number);
    else
      times->refuse("\"times\" must be a whole number from 1 (how often the rule may match), not " +
                    times->found());
  }
  if (const auto probability = source.member("probability")) {
    const auto number = probability->number("a probability from 0 to 1");
    if (number && (*number < 0 || *number > 1)) probability->expected("a probability from 0 to 1");
    rule.probability = number.value_or(1);
  }
}

void check_sessions(const SourceValue& source) {
  const auto check = [&](const SourceValue& respond) {
    if (const auto session = respond.member("session")) check_session_rule(source, *session);
  };
  if (const auto respond = source.member("respond")) check(*respond);
  for (const auto* key : {"sequence", "random"})
    if (const auto list = source.member(key); list && list->value().is_array())
      for (const auto& element : list->elements()) check(element);
}

// Of "matches", and of the schemas; a literal that looks like one counts, too.
std::size_t count_patterns(const nlohmann::json& value) {
  std::size_t count = 0;
  for (const auto& [key, member] : value.items()) {
    if (member.is_string() && (key == "matches" || key == "pattern")) ++count;
    if (member.is_object() && key == "patternProperties") count += member.size();
    if (member.is_structured()) count += count_patterns(member);
  }
  return count;
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

std::shared_ptr<Rule> read_rule(const SourceValue& source, std::size_t number) {
  const auto errors = source.diagnostics().errors();
  if (!source.is_object_of(kRuleKeys, "a rule")) return nullptr;
  const bool mistyped = source.diagnostics().errors() > errors;
  auto rule = std::make_shared<Rule>();
  rule->file = source.diagnostics().file();
  rule->name = read_name(source, number);
  rule->label = std::string(last_part(rule->file)) + "#" + rule->name;
  const auto place = source.diagnostics().place_of(source.place().begin);
  rule->line = place.line;
  rule->column = place.column;
  rule->source = text::minified(source.written());
  rule->identity = hash(rule->source, hash(std::string(last_part(rule->file)))) | kIdentityOfFiles;
  if (const auto description = source.member("description")) description->string("a description, a string");
  if (const auto when = source.member("when")) rule->when = read_condition(*when);
  rule->index_key = index_key_of(rule->when);
  if (const auto when = source.member("when")) rule->patterns = count_patterns(when->value());
  rule->given = read_states(source, "given");
  rule->sets = read_states(source, "sets");
  read_limits(source, *rule);
  read_answers(source, mistyped, *rule);
  if (const auto when = source.member("when")) warn_of_what_checks_refuse(*when, rule->phase);
  check_sessions(source);
  const bool is_sequence = rule->steps.size() > 1 && rule->weights.empty();
  rule->counts =
      rule->times || is_sequence || rule->then == Then::pass || std::ranges::any_of(rule->steps, uses_count);
  return rule;
}

}  // namespace vault_mock::rules
