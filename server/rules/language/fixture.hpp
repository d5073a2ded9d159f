// The text of a rule file → rules, or every mistake in it. The grammar, rule by rule, is fixtures/README.md.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "rules/language/known_names.hpp"
#include "rules/language/mistake.hpp"
#include "rules/matching/condition.hpp"
#include "rules/rule.hpp"

namespace vault_mock::rules {

struct Fixture {
  std::string description;
  RuleList rules;
  std::vector<Mistake> warnings;
};

// A whole file: {"rules": [...]}. `file` stands in messages; its last part, in labels ("mine.json#free tier
// used up"). On a failure there is at least one error; warnings are among them. No text makes it throw or
// hang. Once `*stop` is true it soon ends, with the rules it has: whoever stops it wants them no more.
tl::expected<Fixture, std::vector<Mistake>> read_fixture(std::string_view text, std::string_view file,
                                                         const KnownNames& names,
                                                         const std::atomic<bool>* stop = nullptr);

// One rule object, as added at run time. Its identity is made from its text and `file`, so give each its
// own.
tl::expected<std::shared_ptr<const Rule>, std::vector<Mistake>> read_rule(std::string_view text,
                                                                          std::string_view file,
                                                                          const KnownNames& names);

// The condition at `pointer` of a JSON text, for verifications: {"when": {...}} and "/when".
tl::expected<Condition, std::vector<Mistake>> read_condition(std::string_view text, std::string_view pointer,
                                                             std::string_view file, const KnownNames& names);

}  // namespace vault_mock::rules
