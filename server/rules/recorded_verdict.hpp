// What became of the rules in one phase, in values: it can be kept longer than the book, and leave the
// program. A rule is named by its identity, by which a book of the same rules has it, and by its label, for
// where there is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/decide.hpp"
#include "rules/rule_book.hpp"

namespace vault_mock::rules {

struct NamedRule {
  std::uint64_t identity = 0;
  std::string label;

  friend bool operator==(const NamedRule&, const NamedRule&) = default;
};

struct RecordedVerdict {
  struct Skip {
    NamedRule rule;
    Skipped::Why why = Skipped::Why::off;
    std::optional<text::Timestamp> ended_at;  // ended
    std::string name;                         // state: of the first one of `given` that differs
    std::optional<std::string> seen;          // state: its value

    friend bool operator==(const Skip&, const Skip&) = default;
  };

  std::optional<NamedRule> rule;  // nothing: none matched
  std::vector<Skip> skipped;      // those whose `when` held, but that did not match, in the book's order

  friend bool operator==(const RecordedVerdict&, const RecordedVerdict&) = default;
};

// `book`: the one that was asked.
RecordedVerdict recorded(Verdict verdict, const RuleBook& book);

}  // namespace vault_mock::rules
