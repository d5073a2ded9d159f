#include "engine/vocabulary.hpp"

#include "contract/error_catalogue.hpp"

namespace vault_mock::engine {

rules::Vocabulary vocabulary_of(const contract::Contract& contract) {
  rules::Vocabulary vocabulary;
  for (const auto& operation : contract.operations()) vocabulary.operations.push_back(operation.id);
  for (const auto& row : contract::error_catalogue()) vocabulary.error_types.emplace_back(row.type_name);
  vocabulary.compile_schema =
      [](const nlohmann::json& source) -> tl::expected<rules::SchemaCheck, std::string> {
    auto schema = contract::Schema::compile(source);
    if (!schema) return tl::unexpected(schema.error());
    return [schema = *schema](const nlohmann::json& value) { return schema.accepts(value); };
  };
  return vocabulary;
}

}  // namespace vault_mock::engine
