// The grammar of fixtures, told three times: by the parser, by fixtures/fixture.schema.json (for editors),
// and by the examples of fixtures/README.md. the *cases.json hold rules, taken and refused; all three must
// agree.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "contract/contract.hpp"
#include "rules/language/rule_file.hpp"
#include "rules/language/unreachable.hpp"
#include "support/known_names.hpp"

namespace vault_mock::rules {
namespace {

using nlohmann::json;
using support::known_names;

const std::filesystem::path kSource = VAULT_MOCK_SOURCE_DIR;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

// As the program has it.
const json& cases() {
  static const json cases = [] {
    json all{{"accepted", json::array()}, {"warned", json::array()}, {"refused", json::array()}};
    for (const auto& entry : std::filesystem::directory_iterator(kSource / "tests/unit/rules/language")) {
      if (!entry.path().filename().string().ends_with("cases.json")) continue;
      const auto file = json::parse(read(entry.path()));
      for (const auto* kind : {"accepted", "warned", "refused"})
        if (file.contains(kind)) all[kind].insert(all[kind].end(), file[kind].begin(), file[kind].end());
    }
    return all;
  }();
  return cases;
}

const json& editor_schema() {
  static const json schema = json::parse(read(kSource / "fixtures/fixture.schema.json"));
  return schema;
}

bool editor_accepts(const json& fixture) {
  static const auto schema = [] {
    auto made = std::make_unique<valijson::Schema>();
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(editor_schema()), *made);
    return made;
  }();
  static valijson::Validator validator;  // keeps its regular expressions compiled
  return validator.validate(*schema, valijson::adapters::NlohmannJsonAdapter(fixture), nullptr);
}

json fixture_of(const json& rule) { return {{"rules", {rule}}}; }

std::string sentences(const std::vector<Mistake>& mistakes) {
  std::string text;
  for (const auto& mistake : mistakes) text += (text.empty() ? "" : "\n") + sentence(mistake);
  return text;
}

// "*" at the end stands for anything.
bool fits(const std::string& text, const std::string& wanted) {
  if (wanted.ends_with('*')) return text.starts_with(wanted.substr(0, wanted.size() - 1));
  return text == wanted;
}

TEST(Grammar, TakesWhatItShould) {
  ASSERT_FALSE(cases()["accepted"].empty());
  for (const auto& rule : cases()["accepted"]) {
    const auto fixture = read_rule_file(fixture_of(rule).dump(), "mine.json", known_names());
    if (fixture)
      EXPECT_EQ(format(fixture->warnings), "");
    else
      ADD_FAILURE() << format(fixture.error());
    EXPECT_TRUE(editor_accepts(fixture_of(rule))) << "the editor's schema refuses " << rule;
  }
}

TEST(Grammar, WarnsOfWhatIsHardlyMeant) {
  for (const auto& example : cases()["warned"]) {
    const auto fixture = read_rule_file(fixture_of(example["rule"]).dump(), "mine.json", known_names());
    ASSERT_TRUE(fixture) << example;
    EXPECT_EQ(sentences(fixture->warnings), example["says"]);
    EXPECT_TRUE(editor_accepts(fixture_of(example["rule"]))) << example;
  }
}

TEST(Grammar, RefusesWhatItShouldAndSaysWhy) {
  ASSERT_FALSE(cases()["refused"].empty());
  for (const auto& example : cases()["refused"]) {
    const auto fixture = read_rule_file(fixture_of(example["rule"]).dump(), "mine.json", known_names());
    if (fixture)
      ADD_FAILURE() << "taken: " << example["rule"];
    else
      EXPECT_PRED2(fits, sentences(fixture.error()), example["says"]);
    const bool telling = example.value("schema", "") != "cannot tell";
    EXPECT_EQ(editor_accepts(fixture_of(example["rule"])), !telling)
        << "the editor's schema, of " << example["rule"];
  }
}

TEST(Grammar, IsThatOfTheWholeFileToo) {
  const std::pair<std::string, std::string> refused[] = {
      {R"([])", R"(a rule file is an object: write {"rules": [ … ]} around this list)"},
      {R"({"when": {}, "respond": {"error": 402}})",
       R"(this is a single rule: put it into a file as {"rules": [ … ]})"},
      {R"({"random": [{"error": 402}]})", R"(this is a single rule: put it into a file as {"rules": [ … ]})"},
      {R"({})", "a rule file needs \"rules\", a list"},
      {R"({"rules": {}})", "expected a list of rules, found an object"},
      {R"({"rules": [], "rule": 1})", "unknown key \"rule\" in a rule file; did you mean \"rules\"?"},
      {R"({"rules": [], "description": 1})", "expected a description, a string, found 1"},
      {R"({"rules": [], "$schema": 1})", "expected the place of the schema, a string, found 1"},
  };
  for (const auto& [text, says] : refused) {
    const auto fixture = read_rule_file(text, "mine.json", known_names());
    ASSERT_FALSE(fixture) << text;
    EXPECT_EQ(sentences(fixture.error()), says);
    EXPECT_FALSE(editor_accepts(json::parse(text))) << text;
  }
  EXPECT_TRUE(read_rule_file(R"({"rules": []})", "mine.json", known_names()));
  EXPECT_TRUE(editor_accepts({{"rules", json::array()}}));
}

TEST(Grammar, OffersEditorsTheNamesOfTheContract) {
  const auto& definitions = editor_schema()["definitions"];
  EXPECT_EQ(definitions["answer"]["properties"]["error"]["anyOf"][1]["enum"], known_names().error_types);
  EXPECT_EQ(definitions["operationMatcher"]["anyOf"][0]["enum"], known_names().operations);
}

// The blocks of JSON in fixtures/README.md: files, and single rules.
TEST(Grammar, IsThatOfTheReadme) {
  std::istringstream lines(read(kSource / "fixtures/README.md"));
  int examples = 0;
  for (std::string line, block; std::getline(lines, line);) {
    if (line.find("```json") == line.npos) continue;
    for (block.clear(); std::getline(lines, line) && line.find("```") == line.npos;) block += line + "\n";
    const auto example = json::parse(block, nullptr, false);
    ASSERT_FALSE(example.is_discarded()) << block;
    const auto fixture = example.contains("rules") ? example : fixture_of(example);
    const auto made = read_rule_file(fixture.dump(), "README.md", known_names());
    ASSERT_TRUE(made) << block << format(made.error());
    EXPECT_EQ(format(made->warnings), "") << block;
    EXPECT_EQ(find_unreachable(RuleBook(made->rules)).size(), 0u) << block;
    EXPECT_TRUE(editor_accepts(fixture)) << block;
    ++examples;
  }
  EXPECT_GE(examples, 35);
}

// Each use has one, and each says what it is for.
TEST(Grammar, IsThatOfTheExamples) {
  int examples = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kSource / "fixtures/examples")) {
    const auto text = read(entry.path());
    const auto fixture = read_rule_file(text, entry.path().filename().string(), known_names());
    ASSERT_TRUE(fixture) << format(fixture.error());
    EXPECT_EQ(format(fixture->warnings), "");
    EXPECT_EQ(find_unreachable(RuleBook(fixture->rules)).size(), 0u) << entry.path();
    EXPECT_NE(json::parse(text).value("description", ""), "") << entry.path();
    EXPECT_TRUE(editor_accepts(json::parse(text))) << entry.path();
    ++examples;
  }
  EXPECT_GE(examples, 25);
}

// Everything that can be written has a word of help in the editor.
TEST(Grammar, DescribesEachKeyForEditors) {
  for (const auto* name : {"rule", "condition", "answer"})
    for (const auto& [key, property] : editor_schema()["definitions"][name]["properties"].items()) {
      const auto target = property.contains("$ref") ? property["$ref"].get<std::string>() : "";
      const auto& described = target.empty() ? property : editor_schema()["definitions"][target.substr(14)];
      EXPECT_TRUE(described.contains("description")) << name << "." << key;
    }
}

}  // namespace
}  // namespace vault_mock::rules
