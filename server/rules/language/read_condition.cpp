#include "rules/language/read_condition.hpp"

#include <algorithm>
#include <unordered_set>

#include "rules/language/contract_conflicts.hpp"
#include "rules/language/notations.hpp"
#include "rules/language/other_mocks.hpp"
#include "rules/language/read_matcher.hpp"
#include "rules/language/suspicious_values.hpp"
#include "text/ascii.hpp"
#include "text/json/pointer.hpp"

namespace vault_mock::rules {
namespace {

using Parts = std::vector<Condition::Part>;
using ContextKind = MatcherContext::Kind;

const std::vector<std::string> kConditionKeys = {"operation", "method",  "path",    "consumer_id",
                                                 "app_id",    "api_key", "headers", "query",
                                                 "body",      "any",     "all",     "not"};
const std::vector<std::string> kMethods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

struct TextField {
  std::string_view key;
  RequestField::Place place;
};

constexpr TextField kTextFields[] = {
    {"operation", RequestField::Place::operation}, {"method", RequestField::Place::method},
    {"path", RequestField::Place::path},           {"consumer_id", RequestField::Place::consumer_id},
    {"app_id", RequestField::Place::app_id},       {"api_key", RequestField::Place::api_key},
};

std::span<const std::string> words_of(RequestField::Place place, const KnownNames& names) {
  if (place == RequestField::Place::operation) return names.operations;
  if (place == RequestField::Place::method) return kMethods;
  return {};
}

void read_text_fields(const SourceValue& source, Parts& parts) {
  for (const auto& [key, place] : kTextFields) {
    const auto member = source.member(key);
    if (!member) continue;
    if (member->value() == "") {
      member->refuse("an empty " + std::string(key) + " counts as missing: write {\"exists\": false}");
      continue;
    }
    if (const auto empty = member->member("empty"); empty && empty->value() == true)
      empty->warn("an empty " + std::string(key) + " counts as missing: write {\"exists\": false}");
    warn_of_texts(*member, place);
    const auto words = words_of(place, source.diagnostics().known_names());
    parts.push_back(Condition::FieldTest{{place, std::string(key), {}},
                                         read_matcher(*member, {ContextKind::text, key, words})});
  }
}

void read_named(const SourceValue& source, std::string_view key, RequestField::Place place,
                std::string_view noun, Parts& parts) {
  const auto map = source.member(key);
  if (!map) return;
  if (!map->value().is_object() || map->value().empty()) return map->expected("an object: name and matcher");
  std::unordered_set<std::string> names;
  for (const auto& [name, member] : map->members()) {
    auto own_name = place == RequestField::Place::header ? text::lower(name) : name;
    if (!names.insert(own_name).second)
      member.refuse_key("duplicate header " + in_quotes(own_name) +
                        ": names that differ only in case are the same");
    parts.push_back(Condition::FieldTest{{place, std::move(own_name), {}},
                                         read_matcher(member, {ContextKind::text, noun, {}})});
  }
}

bool is_pointer_key(const std::string& key) { return key.empty() || key.starts_with('/'); }

// A matcher inside a subset compares with the words "matches" and so on, which nobody means.
void warn_of_matchers(const SourceValue& source) {
  if (looks_like_matcher(source.value())) {
    const auto pointer = source.pointer().substr(source.pointer().rfind("/body") + 5);
    source.warn("this compares with the object itself; a matcher needs a JSON Pointer as its key: {" +
                in_quotes(pointer) + ": {...}}");
    return;
  }
  if (source.value().is_object())
    for (const auto& [key, member] : source.members()) warn_of_matchers(member);
}

void read_body(const SourceValue& source, Parts& parts) {
  const auto body = source.member("body");
  if (!body) return;
  const auto members = body->members();
  const auto pointers = std::ranges::count_if(members, [](const auto& m) { return is_pointer_key(m.first); });
  if (pointers == 0) {
    warn_of_matchers(*body);
    for (const auto& [key, member] : members) {
      if (const auto hint = other_mock_word(key, "the body"))
        member.warn_key(*hint);
      else
        warn_of_body_key(key, member);
    }
    parts.push_back(
        Condition::FieldTest{{RequestField::Place::body, "", {}}, Matcher({Matcher::Subset{body->value()}})});
    return;
  }
  for (const auto& [pointer, member] : members) {
    auto tokens = text::pointer_tokens(pointer);
    if (!is_pointer_key(pointer)) {
      member.refuse_key("JSON Pointers and plain keys cannot be mixed",
                        in_quotes(pointer_from(pointer).value_or("/" + pointer)));
    } else if (!tokens) {
      member.refuse_key(in_quotes(pointer) +
                        " is not a JSON Pointer: '~' must be written ~0, '/' inside a key ~1 (RFC 6901)");
    } else {
      warn_of_body_key(pointer, member);
      auto matcher = read_matcher(member, {ContextKind::json, "the body", {}});
      parts.push_back(
          Condition::FieldTest{{RequestField::Place::body, pointer, std::move(*tokens)}, std::move(matcher)});
    }
  }
}

std::optional<std::vector<Condition>> read_list(const SourceValue& source, std::string_view key) {
  const auto list = source.member(key);
  if (!list) return std::nullopt;
  if (!list->value().is_array() || list->value().empty()) {
    list->expected("a list of conditions");
    return std::nullopt;
  }
  std::vector<Condition> conditions;
  for (const auto& element : list->elements()) conditions.push_back(read_condition(element));
  return conditions;
}

}  // namespace

Condition read_condition(const SourceValue& source) {
  Parts parts;
  if (!source.is_object_of(kConditionKeys, "when")) return {};
  read_text_fields(source, parts);
  warn_of_calls(source);
  read_named(source, "headers", RequestField::Place::header, "a header", parts);
  read_named(source, "query", RequestField::Place::query, "a query parameter", parts);
  read_body(source, parts);
  if (auto any = read_list(source, "any")) parts.push_back(Condition::Any{std::move(*any)});
  if (auto all = read_list(source, "all")) parts.push_back(Condition::All{std::move(*all)});
  if (const auto negated = source.member("not")) parts.push_back(Condition::Not{{read_condition(*negated)}});
  return Condition(std::move(parts));
}

}  // namespace vault_mock::rules
