// Which parts of a schema judge the same value: chains of them that never end, or are too long, are mistakes.
#pragma once

#include <string>
#include <vector>

#include "contract/schema/schema_reader.hpp"

namespace vault_mock::contract {

// From one part to another.
struct Edge {
  enum class Kind {
    into_value,  // judges a part of the value: a member, an element, a name. Values end, so these need no
                 // bound
    same_value,  // allOf, anyOf, oneOf, not, if, then, else, dependencies
    reference,   // the same, by $ref
  };
  check::Id to;
  Kind kind;
  std::string pointer;  // of what leads there
};

using Edges = std::vector<std::vector<Edge>>;  // of each part, those that are not `into_value`

// One mistake for each circle found, or one where a chain is longer than 64.
std::vector<SchemaMistake> find_endless(const Edges& edges);

}  // namespace vault_mock::contract
