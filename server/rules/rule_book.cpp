#include "rules/rule_book.hpp"

#include <utility>

namespace vault_mock::rules {
namespace {

constexpr std::size_t kMostParts = 32;  // each costs every request a lookup

// The finalizer of SplitMix64: identities may be numbers in a row.
std::uint64_t mixed(std::uint64_t identity) {
  identity += 0x9E3779B97F4A7C15;
  identity = (identity ^ (identity >> 30)) * 0xBF58476D1CE4E5B9;
  identity = (identity ^ (identity >> 27)) * 0x94D049BB133111EB;
  return identity ^ (identity >> 31);
}

}  // namespace

RuleBook::RuleBook(RuleList rules, std::shared_ptr<const RuleBook> base)
    : rules_(std::move(rules)), base_(std::move(base)) {
  constexpr std::uint64_t kFactor = 0xD1342543DE82EF95;  // odd
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    Index& index = indices_[static_cast<std::size_t>(rules_[i]->phase)];
    own_bytes_ += rules_[i]->bytes();
    fingerprint_ = fingerprint_ * kFactor + mixed(rules_[i]->identity);
    power_ *= kFactor;
    const auto& index_key = rules_[i]->index_key;
    auto part = index.parts.end();
    if (index_key) {
      part = std::ranges::find_if(index.parts, [&](const Part& known) {
        return known.match == index_key->match && known.field == index_key->field;
      });
      if (part == index.parts.end() && index.parts.size() < kMostParts)
        part = index.parts.insert(part, Part{index_key->match, index_key->field, {}, {}});
    }
    if (part == index.parts.end()) {
      index.unnamed.push_back(i);
      continue;
    }
    for (const auto& text : index_key->texts) {
      part->by_text[text].push_back(i);
      if (std::ranges::find(part->lengths, text.size()) == part->lengths.end())
        part->lengths.push_back(text.size());
    }
  }
  if (base_) {
    fingerprint_ = fingerprint_ * base_->power_ + base_->fingerprint_;
    power_ *= base_->power_;
  }
}

const Rule& RuleBook::at(std::size_t index) const {
  return index < rules_.size() ? *rules_[index] : base_->at(index - rules_.size());
}

}  // namespace vault_mock::rules
