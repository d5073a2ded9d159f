#include "rules/language/read_matcher.hpp"

#include <algorithm>
#include <array>

#include "rules/language/other_mocks.hpp"
#include "text/nearest.hpp"

namespace vault_mock::rules {
namespace {

using ContextKind = MatcherContext::Kind;

const std::vector<std::string> kTests = {
    "equals", "in", "contains", "starts_with", "ends_with", "matches", "exists", "empty", "gt",
    "gte",    "lt", "lte",      "length",      "schema",    "any",     "all",    "not"};

std::string listed_in_order(std::span<const std::string> words) {
  std::vector<std::string> sorted(words.begin(), words.end());
  std::ranges::sort(sorted);
  return listed(sorted);
}

// {"in": ["acme", "globex"]}, with the list itself where it is short.
std::string in_of(const SourceValue& list) {
  constexpr std::size_t kMost = 60;
  const bool fits = !list.value().empty() && list.written().size() <= kMost &&
                    list.written().find('\n') == std::string_view::npos;
  return "{\"in\": " + (fits ? std::string(list.written()) : "[ … ]") + "}";
}

// A literal to compare with, checked against what the field can be.
nlohmann::json literal(const SourceValue& source, const MatcherContext& context) {
  if (context.kind == ContextKind::text) {
    if (source.value().is_array()) {
      source.refuse(std::string(context.noun) + " is compared with one text; for several write " +
                    in_of(source));
      return nullptr;
    }
    if (!source.value().is_string()) {
      source.expected("a string, since " + std::string(context.noun) + " is text");
      return nullptr;
    }
    const auto& word = source.value().get_ref<const std::string&>();
    if (!context.words.empty() && std::ranges::find(context.words, word) == context.words.end()) {
      const auto near = text::nearest(word, context.words);
      source.refuse("unknown " + std::string(context.noun) + " " + in_quotes(word) +
                        (near ? "" : ": expected " + listed_in_order(context.words)),
                    near ? in_quotes(*near) : "");
    }
  }
  return source.value();
}

std::vector<Matcher> matchers(const SourceValue& source, const MatcherContext& context) {
  std::vector<Matcher> result;
  if (!source.value().is_array() || source.value().empty()) {
    source.expected("a list of matchers");
    return result;
  }
  for (const auto& element : source.elements()) result.push_back(read_matcher(element, context));
  return result;
}

using Reader = void (*)(const SourceValue&, const MatcherContext&, std::vector<Matcher::Test>&);
using Tests = std::vector<Matcher::Test>;

template <typename Test>
void read_text(const SourceValue& source, const MatcherContext&, Tests& tests) {
  if (auto text = source.string("a string")) tests.push_back(Test{std::move(*text)});
}

template <Matcher::Compare::Order order>
void read_bound(const SourceValue& source, const MatcherContext&, Tests& tests) {
  if (source.number("a number")) tests.push_back(Matcher::Compare{order, source.value()});
}

void read_equals(const SourceValue& source, const MatcherContext& context, Tests& tests) {
  tests.push_back(Matcher::Equals{literal(source, context)});
}

void read_in(const SourceValue& source, const MatcherContext& context, Tests& tests) {
  if (!source.value().is_array()) return source.expected("a list of values");
  if (source.value().empty()) return source.refuse("an empty list: no value is one of these");
  Matcher::In in;
  for (const auto& element : source.elements()) in.values.push_back(literal(element, context));
  tests.push_back(std::move(in));
}

void read_contains(const SourceValue& source, const MatcherContext& context, Tests& tests) {
  if (context.kind == ContextKind::text && !source.value().is_string()) return source.expected("a string");
  tests.push_back(Matcher::Contains{source.value()});
}

void read_matches(const SourceValue& source, const MatcherContext&, Tests& tests) {
  const auto pattern = source.string("a regular expression, a string");
  if (!pattern) return;
  auto regex = text::Regex::compile(*pattern);
  if (!regex) return source.refuse(regex.error());
  tests.push_back(Matcher::Matches{std::move(*regex)});
}

void read_exists(const SourceValue& source, const MatcherContext&, Tests& tests) {
  if (!source.value().is_boolean()) return source.expected("true or false");
  tests.push_back(Matcher::Exists{source.value().get<bool>()});
}

void read_empty(const SourceValue& source, const MatcherContext&, Tests& tests) {
  if (!source.value().is_boolean()) return source.expected("true or false");
  tests.push_back(Matcher::Empty{source.value().get<bool>()});
}

void read_length(const SourceValue& source, const MatcherContext&, Tests& tests) {
  static const std::vector<std::string> kOfNumbers = {"equals", "in",  "gt",  "gte", "lt",
                                                      "lte",    "any", "all", "not"};
  const auto is_length = [](const SourceValue& one) {
    return one.integer(0, INT32_MAX, "a length: a number, or a matcher such as {\"gt\": 3}").has_value();
  };
  if (source.value().is_object()) {
    if (!source.is_object_of(kOfNumbers, "a matcher of a length")) return;
  } else if (source.value().is_array()) {
    if (!std::ranges::all_of(source.elements(), is_length)) return;
    Tests of;
    read_in(source, {ContextKind::json, "a length", {}}, of);
    tests.push_back(Matcher::Length{{Matcher(std::move(of))}});
    return;
  } else if (!is_length(source)) {
    return;
  }
  tests.push_back(Matcher::Length{{read_matcher(source, {ContextKind::json, "a length", {}})}});
}

void read_schema(const SourceValue& source, const MatcherContext& context, Tests& tests) {
  if (context.kind == ContextKind::text)
    return source.refuse_key("schema is only for the body: " + std::string(context.noun) + " is text");
  if (!source.value().is_object() && !source.value().is_boolean())
    return source.expected("a JSON Schema, an object");
  const auto& read = source.diagnostics().known_names().read_schema;
  if (!read) return source.refuse_key("schema cannot be used here");
  auto schema = read(source.value());
  for (const auto& note : schema.notes) {
    const auto place = source.at(note.pointer);
    const auto span = note.at == SchemaNote::At::key ? place.key() : place.value_start();
    source.diagnostics().add(note.severity, span, place.pointer(), note.message, note.suggestion);
  }
  if (schema.check) tests.push_back(Matcher::Schema{std::move(schema.check)});
}

void read_any(const SourceValue& source, const MatcherContext& context, Tests& tests) {
  tests.push_back(Matcher::Any{matchers(source, context)});
}

void read_all(const SourceValue& source, const MatcherContext& context, Tests& tests) {
  tests.push_back(Matcher::All{matchers(source, context)});
}

void read_not(const SourceValue& source, const MatcherContext& context, Tests& tests) {
  tests.push_back(Matcher::Not{{read_matcher(source, context)}});
}

struct Known {
  std::string_view name;
  Reader read;
};

constexpr auto kReaders = std::to_array<Known>({{"equals", read_equals},
                                                {"in", read_in},
                                                {"contains", read_contains},
                                                {"starts_with", read_text<Matcher::StartsWith>},
                                                {"ends_with", read_text<Matcher::EndsWith>},
                                                {"matches", read_matches},
                                                {"exists", read_exists},
                                                {"empty", read_empty},
                                                {"gt", read_bound<Matcher::Compare::Order::greater>},
                                                {"gte", read_bound<Matcher::Compare::Order::at_least>},
                                                {"lt", read_bound<Matcher::Compare::Order::less>},
                                                {"lte", read_bound<Matcher::Compare::Order::at_most>},
                                                {"length", read_length},
                                                {"schema", read_schema},
                                                {"any", read_any},
                                                {"all", read_all},
                                                {"not", read_not}});

}  // namespace

bool looks_like_matcher(const nlohmann::json& value) {
  if (!value.is_object() || value.empty()) return false;
  for (const auto& [key, member] : value.items())
    if (std::ranges::find(kTests, key) == kTests.end()) return false;
  return true;
}

Matcher read_matcher(const SourceValue& source, const MatcherContext& context) {
  Tests tests;
  if (source.value().is_array() && context.kind == ContextKind::text) {
    read_in(source, context, tests);
    return Matcher(std::move(tests));
  }
  if (!source.value().is_object()) {
    tests.push_back(Matcher::Equals{literal(source, context)});
    return Matcher(std::move(tests));
  }
  if (source.value().empty()) {
    source.refuse("an empty matcher: expected " + listed(kTests));
  } else if (context.kind == ContextKind::json && !source.value().begin().key().empty() &&
             std::ranges::none_of(source.members(), [](const auto& m) {
               return text::nearest(m.first, kTests).has_value() ||
                      other_mock_word(m.first, "a matcher").has_value();
             })) {
    source.refuse("an object here is a matcher; to compare with an object, write {\"equals\": {...}}");
    return Matcher(std::move(tests));
  }
  source.is_object_of(kTests, "a matcher");
  for (const auto& known : kReaders)
    if (const auto member = source.member(known.name)) known.read(*member, context, tests);
  return Matcher(std::move(tests));
}

}  // namespace vault_mock::rules
