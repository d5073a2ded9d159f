// Reads the text of a rule file into rules, or into every mistake in it. The grammar, rule by rule, is
// fixtures/README.md.
//
// Pure functions: no file is opened here. No text makes them throw or run without end.
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

struct RuleFile {
  RuleList rules;
  std::vector<Mistake> warnings;
};

// A whole file: {"rules": [...]}. Messages name `file`; labels have its last part ("mine.json#free tier used
// up"). On failure there is at least one error, and the warnings are among the mistakes. Another thread may
// set `*stop` to end it early, with the rules read so far.
tl::expected<RuleFile, std::vector<Mistake>> read_rule_file(std::string_view text, std::string_view file,
                                                            const KnownNames& names,
                                                            const std::atomic<bool>* stop = nullptr);

struct RuleText {
  std::shared_ptr<const Rule> rule;
  std::vector<Mistake> warnings;
};

// One rule object, as added at run time. Its identity is made from its text and `file`, so give each rule
// another `file`.
tl::expected<RuleText, std::vector<Mistake>> rule_from_text(std::string_view text, std::string_view file,
                                                            const KnownNames& names);

// The condition at the JSON Pointer `pointer` of a JSON text: "/when" of {"when": {...}}, as verifications
// have it.
tl::expected<Condition, std::vector<Mistake>> condition_from_text(std::string_view text,
                                                                  std::string_view pointer,
                                                                  std::string_view file,
                                                                  const KnownNames& names);

// The conditions of the list at `pointer`, likewise. The text is read once, however many there are.
tl::expected<std::vector<Condition>, std::vector<Mistake>> conditions_from_text(std::string_view text,
                                                                                std::string_view pointer,
                                                                                std::string_view file,
                                                                                const KnownNames& names);

}  // namespace vault_mock::rules
