#include "fuzz/targets.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/seeds.hpp"
#include "fuzz/target.hpp"

namespace vault_mock::fuzz {
namespace {

constexpr auto kTargets = std::to_array<Target>({
    {"connection", "all bytes of one client", read_connection, seeds_of_requests},
    {"requests", "the same, answered by the whole mock", answer_requests, seeds_of_requests},
    {"rules-on-operations", "choices of rules, operations, headers and bodies", play_rules_on_operations,
     seeds_of_choices},
    {"body", "the body of POST /vault/sessions", answer_body, seeds_of_bodies},
    {"target", "path and query", read_target, seeds_of_targets},
    {"coding", "a content-encoding and a body", undo_codings, seeds_of_codings},
    {"fixture", "a rule file", read_rule_file, seeds_of_fixtures},
    {"matcher", "a matcher and a value", match_value, seeds_of_matchers},
    {"schema", "a JSON Schema and a value", judge_schema, seeds_of_schemas},
    {"regex", "a regular expression and a text", match_regex, seeds_of_regexes},
    {"template", "a template and a body", render_template, seeds_of_templates},
    {"json", "a JSON text", read_json, seeds_of_json},
    {"pointer", "a JSON Pointer and a document", follow_pointer, seeds_of_pointers},
    {"duration", "session_length and delays", read_duration, seeds_of_durations},
    {"timestamp", "a time of the clock", read_timestamp, seeds_of_timestamps},
    {"token", "a session token", verify_token, seeds_of_tokens},
    {"raw-request", "the file of explain --request", read_raw_request, seeds_of_raw_requests},
    {"connectors", "connectors.json", read_connectors, seeds_of_connectors},
    {"entry", "an entry of a journal, from a store", read_journal_entry, seeds_of_entries},
    {"rule-folder", "a folder of rules, and what else lies in it", read_rule_folder, seeds_of_rule_folders},
});

}  // namespace

std::span<const Target> targets() { return kTargets; }

const Target* find_target(std::string_view name) {
  const auto found = std::ranges::find(kTargets, name, &Target::name);
  return found == kTargets.end() ? nullptr : &*found;
}

std::vector<std::string> found_inputs(std::string_view target) {
  namespace fs = std::filesystem;
  const auto folder = fs::path(VAULT_MOCK_SOURCE_DIR) / "tests/fuzz/found" / target;
  if (!fs::is_directory(folder)) return {};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<std::string> inputs;
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return inputs;
}

}  // namespace vault_mock::fuzz
