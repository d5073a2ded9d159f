// One rule of a rule file, read and checked. Immutable. Books share it, and a request may point to it while
// it holds the book.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/answering/answer_template.hpp"
#include "rules/index_key.hpp"
#include "rules/matching/condition.hpp"
#include "rules/matching/request_view.hpp"

namespace vault_mock::rules {

// Whose counts and named states a rule uses.
enum class Per { space, consumer };

// What follows the last step of a sequence.
enum class Then { last, repeat, pass };

// value: nullopt when nothing has set the state, or something has set it to null.
struct NamedState {
  std::string name;
  std::optional<std::string> value;

  friend bool operator==(const NamedState&, const NamedState&) = default;
};

struct Rule {
  std::string file;        // as given to read_rule_file()
  std::string name;        // "rule 3" when it has none
  std::string label;       // "mine.json#free tier used up"; what x-mock-rule and the log show
  std::size_t line = 1;    // in the file
  std::size_t column = 1;  // of its first byte
  std::string source;      // its JSON, minified, keys in their order

  // Stays the same when the file is read again and the rule has not changed, so that its counts go on.
  std::uint64_t identity = 0;

  Condition when;
  std::optional<IndexKey> index_key;  // of `when`; books find the rule by it
  Phase phase = Phase::after_validation;
  std::vector<NamedState> given;  // all must hold
  std::vector<NamedState> sets;   // done when the rule matches
  double probability = 1;
  std::optional<std::uint64_t> times;
  Per per = Per::space;
  std::vector<AnswerTemplate> steps;  // at least one
  std::vector<double> weights;        // of the steps, one of which is drawn; empty: they come in sequence
  Then then = Then::last;
  std::size_t patterns =
      0;                // regular expressions in `when`, schemas included: each may take much memory in use
  bool counts = false;  // whether anything asks how often it has matched

  // The approximate memory it takes, its share of a book included.
  std::size_t bytes() const;
};

// Set in the identities of rules of files, not in those of rules added at run time.
constexpr std::uint64_t kIdentityOfFiles = std::uint64_t{1} << 63;

// In the order that decides.
using RuleList = std::vector<std::shared_ptr<const Rule>>;

}  // namespace vault_mock::rules
