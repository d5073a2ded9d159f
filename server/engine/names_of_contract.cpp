#include "engine/names_of_contract.hpp"

#include "contract/error_catalogue.hpp"
#include "engine/operations/mint_session.hpp"
#include "text/ascii.hpp"

namespace vault_mock::engine {

namespace {

rules::SchemaNote note_of(const contract::SchemaMistake& mistake) {
  return {.severity = mistake.severity == contract::SchemaMistake::Severity::error ? rules::Severity::error
                                                                                   : rules::Severity::warning,
          .at = mistake.at == contract::SchemaMistake::At::key ? rules::SchemaNote::At::key
                                                               : rules::SchemaNote::At::value,
          .pointer = mistake.pointer,
          .message = mistake.message,
          .suggestion = mistake.suggestion};
}

std::vector<rules::SchemaNote> notes_of(const std::vector<contract::SchemaMistake>& mistakes) {
  std::vector<rules::SchemaNote> notes;
  notes.reserve(mistakes.size());
  for (const auto& mistake : mistakes) notes.push_back(note_of(mistake));
  return notes;
}

rules::SchemaVerdict verdict_of(const contract::Judgement& judgement) {
  using Is = rules::SchemaVerdict::Is;
  switch (judgement.verdict) {
    case contract::Judgement::Verdict::accepted:
      return {Is::accepted, ""};
    case contract::Judgement::Verdict::undecided:
      return {Is::undecided, ""};
    case contract::Judgement::Verdict::refused:
      break;
  }
  return {Is::refused, "\"" + std::string(judgement.keyword) + "\"" +
                           (judgement.place.empty() ? "" : " at " + judgement.place)};
}

rules::CheckedSchema read_schema(const nlohmann::json& source) {
  const auto schema = contract::Schema::compile(source);
  if (!schema) return {{}, notes_of(schema.error())};
  return {[schema = *schema](const nlohmann::json& value) { return verdict_of(schema.judge(value)); },
          notes_of(schema->warnings())};
}

std::vector<std::string> required_headers_of(const contract::Operation& operation) {
  std::vector<std::string> names;
  if (!operation.credentials.empty()) names.emplace_back("authorization");
  for (const auto& parameter : operation.parameters)
    if (parameter.in == contract::Parameter::In::header && parameter.required)
      names.push_back(text::lower(parameter.name));
  return names;
}

}  // namespace

rules::KnownNames names_of_contract(const contract::Contract& contract) {
  rules::KnownNames names;
  for (const auto& operation : contract.operations()) {
    names.operations.push_back(operation.id);
    names.calls.push_back(
        {operation.id, operation.method, path_of(operation), required_headers_of(operation)});
  }
  for (const auto& row : contract::error_catalogue()) names.error_types.emplace_back(row.type_name);
  names.read_schema = read_schema;
  names.creates_session = kSessionsCreate;
  return names;
}

}  // namespace vault_mock::engine
