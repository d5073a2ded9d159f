// All rules of a space in the order that decides, indexed. Immutable: a change makes a new book and swaps the
// pointer.
//
//   1. Rules added at run time come first, then the fixtures' in the order given.
//   2. A rule that names its consumers (a literal, `in`, or `any`/`all` of such) is only looked at for those,
//   so that
//      thousands of them cost no more than one.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/rule.hpp"

namespace vault_mock::rules {

class RuleBook {
 public:
  RuleBook() = default;

  // `base` is asked after `rules`; books may share it (every space has the fixtures' book below its own).
  explicit RuleBook(RuleList rules, std::shared_ptr<const RuleBook> base = nullptr);

  std::size_t size() const { return rules_.size() + (base_ ? base_->size() : 0); }
  const Rule& at(std::size_t index) const;

  // Calls `visit(index, rule)` for each rule of that phase that may hold for the consumer, in order, until it
  // returns true. Returns whether it did.
  template <typename Visit>
  bool visit_candidates(Phase phase, std::string_view consumer, const Visit& visit) const {
    return visit_candidates(phase, consumer, visit, 0);
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Indices = std::vector<std::size_t>;  // ascending
  struct Index {
    Indices any_consumer;
    std::unordered_map<std::string, Indices, Hash, std::equal_to<>> by_consumer;
  };

  template <typename Visit>
  bool visit_candidates(Phase phase, std::string_view consumer, const Visit& visit,
                        std::size_t offset) const {
    const Index& index = indices_[static_cast<std::size_t>(phase)];
    static const Indices kNone;
    const Indices* named = &kNone;
    if (!index.by_consumer.empty()) {
      const auto found = index.by_consumer.find(consumer);
      if (found != index.by_consumer.end()) named = &found->second;
    }
    auto a = index.any_consumer.begin(), b = named->begin();
    while (a != index.any_consumer.end() || b != named->end()) {
      const bool from_a = b == named->end() || (a != index.any_consumer.end() && *a < *b);
      const std::size_t next = from_a ? *a++ : *b++;
      if (visit(offset + next, *rules_[next])) return true;
    }
    return base_ && base_->visit_candidates(phase, consumer, visit, offset + rules_.size());
  }

  RuleList rules_;
  std::shared_ptr<const RuleBook> base_;
  std::array<Index, 2> indices_;  // by Phase
};

}  // namespace vault_mock::rules
