// Which parts of a schema apply to the same value. Chains of them that never end, or that are too long, are
// mistakes.
#pragma once

#include <string>
#include <vector>

#include "contract/schema/schema_reader.hpp"

namespace vault_mock::contract {

// From one part to another.
struct Edge {
  enum class Kind {
    into_value,  // applies to a part of the value: a member, an element, a name; bounded by the value
    same_value,  // allOf, anyOf, oneOf, not, if, then, else, dependencies
    reference,   // the same, by $ref
  };
  check::Id to;
  Kind kind;
  std::string pointer;  // where the edge is in the schema
};

using Edges = std::vector<std::vector<Edge>>;  // by part; those that are not `into_value`

// A mistake for each cycle, or one where a chain is longer than 64.
std::vector<SchemaMistake> find_endless(const Edges& edges);

}  // namespace vault_mock::contract
