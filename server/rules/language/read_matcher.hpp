// Reads a matcher: a literal, a list of literals of which one is wanted, or an object of tests. In a body a
// list is a literal itself. The grammar, rule by rule, is fixtures/README.md.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "rules/language/source_value.hpp"
#include "rules/matching/matcher.hpp"

namespace vault_mock::rules {

// What the values are that the matcher will see.
struct MatcherContext {
  enum class Kind { text, json };
  Kind kind = Kind::json;
  std::string_view noun;               // of the field: "consumer_id", "a header"
  std::span<const std::string> words;  // the only values that are possible; empty: any
};

// Mistakes go to the value's Diagnostics; do not use the matcher then.
Matcher read_matcher(const SourceValue& source, const MatcherContext& context);

// Whether it is an object whose keys are all names of tests. Where a literal is expected, this is probably a
// mistake.
bool looks_like_matcher(const nlohmann::json& value);

}  // namespace vault_mock::rules
