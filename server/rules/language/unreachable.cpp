#include "rules/language/unreachable.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "rules/language/implication.hpp"

namespace vault_mock::rules {
namespace {

constexpr std::size_t kMostComparisons = 20'000'000;

// It always decides when its condition holds.
bool always(const Rule& rule) { return rule.probability >= 1 && !rule.times; }

bool always_answers(const Rule& rule) {
  return always(rule) && rule.then != Then::pass &&
         std::ranges::none_of(rule.steps, [](const AnswerTemplate& step) {
           return std::holds_alternative<Pass>(step.content);
         });
}

bool given_implied(const Rule& narrow, const Rule& wide) {
  if (wide.given.empty()) return true;
  return wide.per == narrow.per && std::ranges::all_of(wide.given, [&](const NamedState& state) {
           return std::ranges::find(narrow.given, state) != narrow.given.end();
         });
}

bool hides(const Rule& earlier, const Rule& rule) {
  return given_implied(rule, earlier) && implies(rule.when, earlier.when);
}

class Search {
 public:
  explicit Search(const RuleBook& book) : book_(book) {
    for (std::size_t i = 0; i < book.size(); ++i)
      for (const auto& state : book.at(i).sets)
        if (state.value) set_somewhere_.emplace(state.name, *state.value);
  }

  std::optional<std::string> reason(std::size_t index) {
    const Rule& rule = book_.at(index);
    for (const auto& state : rule.given)
      if (state.value && !set_somewhere_.contains({state.name, *state.value}))
        return "no rule sets the state '" + state.name + "' to '" + *state.value + "'";
    const Rule* hidden_by = earlier(index, rule.phase, index);
    if (hidden_by == nullptr && rule.phase == Phase::after_validation)
      hidden_by = earlier(index, Phase::before_validation, book_.size());
    if (hidden_by == nullptr) return std::nullopt;
    return hidden_by->label + " (" + hidden_by->file + ":" + std::to_string(hidden_by->line) +
           ") comes first and matches everything this rule would";
  }

 private:
  // A rule of that phase, before `end`, that hides this one.
  const Rule* earlier(std::size_t index, Phase phase, std::size_t end) {
    const Rule& rule = book_.at(index);
    const Rule* found = nullptr;
    book_.visit_candidates(phase, rule.when, [&](std::size_t i, const Rule& candidate) {
      if (i >= end || ++comparisons_ > kMostComparisons) return true;
      if (i == index) return false;
      const bool decides = candidate.phase == rule.phase ? always(candidate) : always_answers(candidate);
      if (decides && hides(candidate, rule)) found = &candidate;
      return found != nullptr;
    });
    return found;
  }

  const RuleBook& book_;
  std::set<std::pair<std::string, std::string>> set_somewhere_;
  std::size_t comparisons_ = 0;
};

}  // namespace

std::vector<Unreachable> find_unreachable(const RuleBook& book) {
  Search search(book);
  std::vector<Unreachable> result;
  for (std::size_t i = 0; i < book.size(); ++i)
    if (auto reason = search.reason(i)) result.push_back({i, std::move(*reason)});
  return result;
}

}  // namespace vault_mock::rules
