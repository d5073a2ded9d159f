#include "rules/language/read_condition.hpp"

#include <algorithm>
#include <unordered_set>

#include "rules/language/foreign_words.hpp"
#include "rules/language/meant.hpp"
#include "rules/language/never_matches.hpp"
#include "rules/language/read_matcher.hpp"
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
  Location::Place place;
};

constexpr TextField kTextFields[] = {
    {"operation", Location::Place::operation}, {"method", Location::Place::method},
    {"path", Location::Place::path},           {"consumer_id", Location::Place::consumer_id},
    {"app_id", Location::Place::app_id},       {"api_key", Location::Place::api_key},
};

std::span<const std::string> words_of(Location::Place place, const Vocabulary& vocabulary) {
  if (place == Location::Place::operation) return vocabulary.operations;
  if (place == Location::Place::method) return kMethods;
  return {};
}

void read_text_fields(const Node& node, Parts& parts) {
  for (const auto& [key, place] : kTextFields) {
    const auto member = node.member(key);
    if (!member) continue;
    if (member->value() == "") {
      member->refuse("an empty " + std::string(key) + " counts as missing: write {\"exists\": false}");
      continue;
    }
    warn_of_texts(*member, place);
    const auto words = words_of(place, node.reading().vocabulary());
    parts.push_back(Condition::Field{{place, std::string(key), {}},
                                     read_matcher(*member, {ContextKind::text, key, words})});
  }
}

void read_named(const Node& node, std::string_view key, Location::Place place, std::string_view noun,
                Parts& parts) {
  const auto map = node.member(key);
  if (!map) return;
  if (!map->value().is_object() || map->value().empty()) return map->expected("an object: name and matcher");
  std::unordered_set<std::string> names;
  for (const auto& [name, member] : map->members()) {
    auto own_name = place == Location::Place::header ? text::lower(name) : name;
    if (!names.insert(own_name).second)
      member.refuse_key("the header " + in_quotes(own_name) +
                        " stands here twice: names that differ only in case are the same");
    parts.push_back(Condition::Field{{place, std::move(own_name), {}},
                                     read_matcher(member, {ContextKind::text, noun, {}})});
  }
}

bool is_pointer_key(const std::string& key) { return key.empty() || key.starts_with('/'); }

// A matcher inside a subset compares with the words "matches" and so on, which nobody means.
void warn_of_matchers(const Node& node) {
  if (looks_like_matcher(node.value())) {
    const auto pointer = node.pointer().substr(node.pointer().rfind("/body") + 5);
    node.warn("this compares with the object as it stands; a matcher needs a JSON Pointer as its key: {" +
              in_quotes(pointer) + ": {...}}");
    return;
  }
  if (node.value().is_object())
    for (const auto& [key, member] : node.members()) warn_of_matchers(member);
}

void read_body(const Node& node, Parts& parts) {
  const auto body = node.member("body");
  if (!body) return;
  const auto members = body->members();
  const auto pointers = std::ranges::count_if(members, [](const auto& m) { return is_pointer_key(m.first); });
  if (pointers == 0) {
    warn_of_matchers(*body);
    for (const auto& [key, member] : members) {
      if (const auto foreign = foreign_word(key, "the body"))
        member.warn_key(*foreign);
      else
        warn_of_body_key(key, member);
    }
    parts.push_back(
        Condition::Field{{Location::Place::body, "", {}}, Matcher({Matcher::Subset{body->value()}})});
    return;
  }
  for (const auto& [pointer, member] : members) {
    auto tokens = text::pointer_tokens(pointer);
    if (!is_pointer_key(pointer)) {
      member.refuse_key("JSON Pointers and plain keys do not mix here",
                        in_quotes(meant_pointer(pointer).value_or("/" + pointer)));
    } else if (!tokens) {
      member.refuse_key(in_quotes(pointer) +
                        " is not a JSON Pointer: '~' must be written ~0, '/' inside a key ~1 (RFC 6901)");
    } else {
      warn_of_body_key(pointer, member);
      auto matcher = read_matcher(member, {ContextKind::json, "the body", {}});
      parts.push_back(
          Condition::Field{{Location::Place::body, pointer, std::move(*tokens)}, std::move(matcher)});
    }
  }
}

std::optional<std::vector<Condition>> read_list(const Node& node, std::string_view key) {
  const auto list = node.member(key);
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

Condition read_condition(const Node& node) {
  Parts parts;
  if (!node.is_object_of(kConditionKeys, "when")) return {};
  read_text_fields(node, parts);
  warn_of_calls(node);
  read_named(node, "headers", Location::Place::header, "a header", parts);
  read_named(node, "query", Location::Place::query, "a query parameter", parts);
  read_body(node, parts);
  if (auto any = read_list(node, "any")) parts.push_back(Condition::Any{std::move(*any)});
  if (auto all = read_list(node, "all")) parts.push_back(Condition::All{std::move(*all)});
  if (const auto negated = node.member("not")) parts.push_back(Condition::Not{{read_condition(*negated)}});
  return Condition(std::move(parts));
}

}  // namespace vault_mock::rules
