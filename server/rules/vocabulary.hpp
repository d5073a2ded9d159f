// What a fixture may name that rules do not know by themselves. The caller fills it from the contract.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace vault_mock::rules {

// Says whether a JSON value is valid. Called by many threads at once.
using SchemaCheck = std::function<bool(const nlohmann::json&)>;

struct Vocabulary {
  std::vector<std::string> operations;   // operation ids; empty: any is taken
  std::vector<std::string> error_types;  // type names of the error catalogue; empty: any is taken

  // Compiles the JSON Schema of a `schema` matcher, or says what is wrong with it. Empty: such matchers are
  // refused.
  std::function<tl::expected<SchemaCheck, std::string>(const nlohmann::json& schema)> compile_schema;
};

}  // namespace vault_mock::rules
