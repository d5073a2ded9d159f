// The seam through which a `schema` matcher asks a JSON Schema. The engine implements it with the contract's
// schemas.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace vault_mock::rules {

struct SchemaVerdict {
  enum class Is { accepted, refused, undecided } is;  // undecided: the answer would take too long
  std::string reason;                                 // of a refusal: "\"pattern\" at /a/1"
};

// Called by many threads at once. Does not throw.
using SchemaCheck = std::function<SchemaVerdict(const nlohmann::json&)>;

}  // namespace vault_mock::rules
