// Seeds for what reads rule files and what is in them.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "fuzz/seed_files.hpp"
#include "fuzz/seeds.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::fuzz {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// What the rules' tests call grammatical and what they do not, as whole files.
void add_cases(Seeds& seeds) {
  for (const auto& file : files_in("tests/unit/rules/language", ".json"))
    for (const auto& list : json::parse(content_of(file)))
      for (const auto& rule : list)
        seeds.push_back(json{{"rules", json::array({rule.contains("rule") ? rule["rule"] : rule})}}.dump());
}

// Every string below `value` for which `wanted` says so.
template <typename Wanted>
void collect_strings(const json& value, const Wanted& wanted, Seeds& found) {
  if (value.is_string() && wanted(value.get_ref<const std::string&>())) found.push_back(value);
  if (value.is_structured())
    for (const auto& part : value) collect_strings(part, wanted, found);
}

// Every value below `value` that stands under that key (empty: under any in a "when").
void collect_members(const json& value, std::string_view key, std::vector<json>& found) {
  if (value.is_object())
    for (const auto& [name, member] : value.items())
      if (name == key) found.push_back(member);
  if (value.is_structured())
    for (const auto& part : value) collect_members(part, key, found);
}

std::vector<json> documents() {
  std::vector<json> all;
  for (const auto& text : seeds_of_fixtures())
    if (auto read = text::read_json(text)) all.push_back(std::move(read->value));
  return all;
}

}  // namespace

Seeds seeds_of_fixtures() {
  Seeds seeds;
  for (const auto& file : files_in("fixtures", ".json"))
    if (!file.filename().string().ends_with(".schema.json")) seeds.push_back(content_of(file));
  for (const auto& scenario : scenario_files())
    if (!scenario.rules.empty()) seeds.push_back(scenario.rules);
  add_cases(seeds);
  seeds.emplace_back(
      R"({"a":{"b":1,"b":2},"a":[1]})");  // a key that stands twice in a value that is replaced
  seeds.emplace_back(
      "// of the team\n{ \"rules\": [ /* none */ { \"respond\": { \"body\": [\"//\", \"{{/a}}\",], }, }, ] } "
      "// end");
  return distinct(std::move(seeds));
}

Seeds seeds_of_matchers() {
  Seeds seeds;
  std::vector<json> conditions;
  for (const auto& document : documents()) collect_members(document, "when", conditions);
  for (const auto& condition : conditions)
    if (condition.is_object())
      for (const auto& [place, matcher] : condition.items())
        seeds.push_back(matcher.dump() + "\n\"retry-7\"");
  for (const auto* more :
       {"{\"length\":{\"gte\":2}}\n[1,2]", "{\"gt\":1,\"lte\":5}\n3", "{\"contains\":1}\n[1]",
        "{\"any\":[\"a\",{\"not\":\"b\"}]}\n\"c\"", "{\"matches\":\"^[0-9]+d$\"}\n\"7d\"",
        "{\"empty\":true}\n[]", "{\"empty\":false,\"length\":[1,2]}\n\"a\"", "[1,\"a\"]\n[1,\"a\"]",
        "{\"equals\":{\"a\":[1]}}\n{\"a\":[1]}", "{\"exists\":false}\n"})
    seeds.emplace_back(more);
  return distinct(std::move(seeds));
}

Seeds seeds_of_schemas() {
  Seeds seeds;
  std::vector<json> schemas;
  for (const auto& document : documents()) collect_members(document, "schema", schemas);
  for (const auto& schema : schemas)
    for (const auto* value : {"{\"vault_name\":\"x\",\"n\":{\"n\":[1,1.0]}}", "[1,2,2]", "\"aaaa\"", "7"})
      seeds.push_back(schema.dump() + "\n" + value);
  // Those that exploded, each in its way.
  const std::string wide =
      R"({"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"},{"$ref":"#/$defs/b"}]},"b":{"anyOf":[{"$ref":"#/$defs/c"},)"
      R"({"$ref":"#/$defs/c"}]},"c":{"type":"string"}},"$ref":"#/$defs/a"})";
  seeds.push_back(wide + "\n5");
  seeds.push_back(R"({"anyOf":[{"properties":{"n":{"$ref":"#"}}},{"properties":{"n":{"$ref":"#"}}}]})"
                  "\n"
                  R"({"n":{"n":{"n":{"n":{"n":{"n":5}}}}}})");
  seeds.push_back("{\"pattern\":\"^(a+)+$\"}\n\"" + std::string(4'000, 'a') + "!\"");
  seeds.push_back("{\"uniqueItems\":true,\"minItems\":1e18}\n[[1],[1.0],{\"a\":1},{\"a\":1}]");
  std::uint32_t dice = 1;
  for (int i = 0; i < 60; ++i) {
    std::string bytes(40, '\0');
    for (char& byte : bytes) byte = static_cast<char>((dice = dice * 1664525 + 1013904223) >> 24);
    seeds.push_back(std::move(bytes));
  }
  return distinct(std::move(seeds));
}

Seeds seeds_of_regexes() {
  Seeds seeds;
  std::vector<json> patterns;
  for (const auto& document : documents()) collect_members(document, "matches", patterns);
  for (const auto& pattern : patterns)
    if (pattern.is_string()) seeds.push_back(pattern.get<std::string>() + "\n7d");
  for (const auto* more : {"(a+)+$\naaaaaaaaaaaaaaaaaaaaaaaaaaaab", "(x{100}){10}\nx",
                           "(?i)\\pL[^a-z]|\\bq\\b\n\xC3\xA9", "(?=a)\na"})
    seeds.emplace_back(more);
  return distinct(std::move(seeds));
}

Seeds seeds_of_templates() {
  Seeds seeds;
  const std::string body =
      "\n"
      R"({"a":{"b":[1,"\"\u00e9\\"]},"settings":{"session_length":"7d"}})";
  for (const auto& document : documents())
    collect_strings(
        document, [](const std::string& text) { return text.find("{{") != text.npos; }, seeds);
  for (const auto* more : {"{{/a/b/1}} {{ headers.x-mood }} {{query.x}} \\{{ {{uuid}}{{now}}",
                           R"({ "{{/a}}": ["{{/a}}", "{{text /a/b}}", "{{ count }}", "{{/none}}"] })",
                           R"({ "a\\{{/a}}": ["{{consumer_id}}", "\u007b{/a/b}}", 1.50] })"})
    seeds.emplace_back(more);
  for (auto& seed : seeds) seed += body;
  return distinct(std::move(seeds));
}

Seeds seeds_of_connectors() {
  return {
      content_of(fs::path(VAULT_MOCK_SOURCE_DIR) / "fixtures/connectors.json"),
      R"({"connectors":[{"unified_api":"crm","service_id":"x","name":"X","auth_type":"apiKey","icon":"<svg/>",)"
      R"("resources":["leads"],"form_fields":[{"id":"api_key","type":"text"}]}],"resources":{"leads":{"example":{}}}})"};
}

Seeds seeds_of_rule_folders() {
  const std::string rule = R"({"rules":[{"respond":{"error":402}}]})";
  return {
      "fa.json " + rule + "\nfB.JSON " + rule + "\nfa.schema.json {}\nfREADME.md about\n",
      "dx.json " + rule + "\ndsub " + rule + "\ndconnectors.json {}\n",
      "pb.json\npc.yaml\np.d.json\n",
      "lloop.json loop.json\nldangling.json nothing\nl.#a.json ann@laptop.1234\nlto.json a.json\nfa.json " +
          rule,
      "zdevice.json\nhhuge.json " + rule + "\nuclosed.json " + rule,
      "fa.yaml rules: []\nfb.jsonc // none\nfconnectors.jsonc {}\nfc.json5 {}\nfd.yml x\n",
      "f._a.json \x01\nf.gitkeep \nf\x1b[31m\u202E.json {\nf\x9b.json {\"rules\":[\n",
      "fconnectors.json {}\nfhalf.json {\"rules\":[{\n",
  };
}

}  // namespace vault_mock::fuzz
