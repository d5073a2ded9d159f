#include "rules/rule_book.hpp"

#include <utility>

namespace vault_mock::rules {
namespace {

constexpr std::size_t kMostParts = 32;  // each costs every request a lookup

}  // namespace

RuleBook::RuleBook(RuleList rules, std::shared_ptr<const RuleBook> base)
    : rules_(std::move(rules)), base_(std::move(base)) {
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    Index& index = indices_[static_cast<std::size_t>(rules_[i]->phase)];
    own_bytes_ += rules_[i]->bytes();
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
}

const Rule& RuleBook::at(std::size_t index) const {
  return index < rules_.size() ? *rules_[index] : base_->at(index - rules_.size());
}

}  // namespace vault_mock::rules
