// All rules of a space in the order that decides, with an index. Immutable, so threads may share it; a change
// makes a new book and swaps the pointer.
//
//   1. Rules added at run time come first, then those of the rule files in the order given.
//   2. A rule with an index key (index_key.hpp) is only tested when the request has one of its texts, so that
//      thousands of such rules cost no more than one.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/index_key.hpp"
#include "rules/rule.hpp"

namespace vault_mock::rules {

class RuleBook {
 public:
  RuleBook() = default;

  // The rules of `base` come after `rules`. Books may share a base: each space's own book has that of the
  // rule files.
  explicit RuleBook(RuleList rules, std::shared_ptr<const RuleBook> base = nullptr);

  std::size_t size() const { return rules_.size() + (base_ ? base_->size() : 0); }
  const Rule& at(std::size_t index) const;

  // Of the identities of its rules, in their order: books of the same rules have the same one, in whatever
  // parts and whichever program they were made.
  std::uint64_t fingerprint() const { return fingerprint_; }

  const RuleBook* base() const { return base_.get(); }
  // The approximate memory of its rules, the base not included.
  std::size_t own_bytes() const { return own_bytes_; }

  // Calls `visit(index, rule)`, in order, for each rule of that phase that may match the request, until it
  // returns true. Returns whether it did.
  template <typename Visit>
  bool visit_candidates(Phase phase, const RequestView& request, const Visit& visit) const {
    return visit_candidates(
        phase,
        [&](const Part& part, auto&& use) {
          any_value(part.field, request, [&](const FieldValue& value) {
            if (const auto text = value.text()) use(*text);
            return false;
          });
        },
        visit, 0);
  }

  // The same for each rule that may match every request for which `condition` holds.
  template <typename Visit>
  bool visit_candidates(Phase phase, const Condition& condition, const Visit& visit) const {
    return visit_candidates(
        phase,
        [&](const Part& part, auto&& use) {
          const auto texts = texts_at(condition, part.field, part.match);
          if (texts && !texts->empty())
            use(texts->front());  // a rule for all of the texts is one for the first
        },
        visit, 0);
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Indices = std::vector<std::size_t>;  // ascending

  // The rules whose index key has the same field and match.
  struct Part {
    KeyMatch match;
    RequestField field;
    std::unordered_map<std::string, Indices, Hash, std::equal_to<>> by_text;
    std::vector<std::size_t> lengths;  // of the prefixes, without duplicates

    template <typename Use>
    void look_up(std::string_view text, const Use& use) const {
      const auto one = [&](std::string_view key) {
        if (const auto found = by_text.find(key); found != by_text.end()) use(found->second);
      };
      if (match == KeyMatch::whole) return one(text);
      for (const auto length : lengths)
        if (length <= text.size()) one(text.substr(0, length));
    }
  };
  struct Index {
    Indices unnamed;  // of rules without an index key
    std::vector<Part> parts;
  };

  // `each_text(part, use)` must call `use` with each text to look up in that part.
  template <typename EachText, typename Visit>
  bool visit_candidates(Phase phase, const EachText& each_text, const Visit& visit,
                        std::size_t offset) const {
    const Index& index = indices_[static_cast<std::size_t>(phase)];
    std::vector<std::size_t> named;  // stays empty, and allocates nothing, for most requests
    for (const auto& part : index.parts)
      each_text(part, [&](std::string_view text) {
        part.look_up(text,
                     [&](const Indices& found) { named.insert(named.end(), found.begin(), found.end()); });
      });
    std::ranges::sort(named);
    auto a = index.unnamed.begin();
    auto b = named.begin();
    while (a != index.unnamed.end() || b != named.end()) {
      const bool from_a = b == named.end() || (a != index.unnamed.end() && *a < *b);
      const std::size_t next = from_a ? *a++ : *b++;
      while (b != named.end() && *b == next) ++b;  // found by two texts
      if (visit(offset + next, *rules_[next])) return true;
    }
    return base_ && base_->visit_candidates(phase, each_text, visit, offset + rules_.size());
  }

  RuleList rules_;
  std::size_t own_bytes_ = 0;
  // A polynomial of the mixed identities, and its base to the power of their number: those of two lists give
  // that of both.
  std::uint64_t fingerprint_ = 0, power_ = 1;
  std::shared_ptr<const RuleBook> base_;
  std::array<Index, 2> indices_;  // by Phase
};

}  // namespace vault_mock::rules
