// The index key of a rule: a field of the request, and the texts of which one must be there for the rule's
// condition to hold. A RuleBook finds rules by it, so that thousands of rules cost no more than one if each
// names its own consumer, header or body member. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/matching/condition.hpp"
#include "rules/matching/request_field.hpp"

namespace vault_mock::rules {

// whole: the field's value must be one of the texts. prefix: it must begin with one of them.
enum class KeyMatch { whole, prefix };

struct IndexKey {
  KeyMatch match;
  RequestField field;
  std::vector<std::string> texts;  // sorted, without duplicates
};

// The best key of the condition: whole texts before prefixes, and the field that tells most requests apart,
// the consumer before all others. nullopt: there is none, and the condition must be tested for every request.
std::optional<IndexKey> index_key_of(const Condition& condition);

// The texts that the condition requires at that field; a whole text is also a prefix. nullopt: any text may
// do.
std::optional<std::vector<std::string>> texts_at(const Condition& condition, const RequestField& field,
                                                 KeyMatch match);

}  // namespace vault_mock::rules
