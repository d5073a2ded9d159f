#include "rules/rule_book.hpp"

#include <utility>

namespace vault_mock::rules {

RuleBook::RuleBook(RuleList rules, std::shared_ptr<const RuleBook> base)
    : rules_(std::move(rules)), base_(std::move(base)) {
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    Index& index = indices_[static_cast<std::size_t>(rules_[i]->phase)];
    if (const auto consumers = rules_[i]->when.consumers()) {
      for (const auto& consumer : *consumers) index.by_consumer[consumer].push_back(i);
    } else {
      index.any_consumer.push_back(i);
    }
  }
}

const Rule& RuleBook::at(std::size_t index) const {
  return index < rules_.size() ? *rules_[index] : base_->at(index - rules_.size());
}

}  // namespace vault_mock::rules
