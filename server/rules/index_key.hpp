// By what a rule can be found: the place at which its condition names the few texts it can hold for.
// Thousands of rules cost no more than one when each names its own consumer, header, member of the body …
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/matching/condition.hpp"
#include "rules/matching/request_field.hpp"

namespace vault_mock::rules {

// whole: the condition only holds when a value there is one of the texts; start: when a value begins with
// one.
enum class KeyMatch { whole, prefix };

struct IndexKey {
  KeyMatch match;
  RequestField field;
  std::vector<std::string> texts;  // sorted, each once
};

// The best there is: whole texts before starts, the consumer before anything else. Nothing: the condition
// names none, and must be asked about every request.
std::optional<IndexKey> index_key_of(const Condition& condition);

// The texts that the condition names at that place. A whole text is its own start. Nothing: any text may do.
std::optional<std::vector<std::string>> texts_at(const Condition& condition, const RequestField& field,
                                                 KeyMatch match);

}  // namespace vault_mock::rules
