// The judge: held against valijson on schemas that valijson can stand, and to its bounds on those that it
// cannot.
#include "contract/schema/schema_judge.hpp"

#include <gtest/gtest.h>
#include <random>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "contract/schema/schema_reader.hpp"
#include "fuzz/targets/random_schema.hpp"

namespace vault_mock::contract {
namespace {

using nlohmann::json;
using Verdict = Judgement::Verdict;

Judgement judged(const json& schema, const json& value) {
  const auto read = read_schema(schema);
  if (!read.schema)
    throw std::runtime_error(read.mistakes.front().pointer + ": " + read.mistakes.front().message);
  return judge(*read.schema, value);
}

bool accepts(const char* schema, const char* value) {
  return judged(json::parse(schema), json::parse(value)).verdict == Verdict::accepted;
}

TEST(SchemaJudge, SaysWhatValijsonSays) {
  using Adapter = valijson::adapters::NlohmannJsonAdapter;
  std::mt19937 dice(7);
  int accepted = 0, refused = 0;
  for (int i = 0; i < 4'000; ++i) {
    std::string bytes(60, '\0');
    for (char& byte : bytes) byte = static_cast<char>(dice());
    fuzz::Choices choices(bytes);
    const auto value = fuzz::random_value(choices);
    const auto schema = fuzz::random_schema(choices, fuzz::Temper::tame);
    if (!schema.is_object()) continue;
    valijson::Schema compiled;
    valijson::SchemaParser().populateSchema(Adapter(schema), compiled);
    const bool wanted = valijson::Validator().validate(compiled, Adapter(value), nullptr);
    ASSERT_EQ(judged(schema, value).verdict == Verdict::accepted, wanted) << schema << "\n" << value;
    (wanted ? accepted : refused) += 1;
  }
  EXPECT_GT(accepted, 500);
  EXPECT_GT(refused, 500);
}

// What valijson 1.0 gets wrong, ends by, or does not know.
TEST(SchemaJudge, KnowsTheKeywordsOfDraft7And2020) {
  EXPECT_TRUE(accepts(R"({"type":"integer"})", "1.0"));
  EXPECT_TRUE(accepts(R"({"multipleOf":0.1})", "0.3"));
  EXPECT_FALSE(accepts(R"({"multipleOf":2})", "4.5"));
  EXPECT_FALSE(accepts(R"({"multipleOf":0.1})", "0.35"));
  EXPECT_TRUE(accepts(R"({"multipleOf":5})", "-9223372036854775805"));
  EXPECT_FALSE(accepts(R"({"multipleOf":5})", "18446744073709551614"));
  EXPECT_FALSE(accepts(R"({"minItems":1e18})", "[1]"));
  EXPECT_TRUE(accepts(R"({"exclusiveMinimum":1})", "1.5"));
  EXPECT_FALSE(accepts(R"({"exclusiveMinimum":1})", "1"));
  EXPECT_TRUE(accepts(R"({"minLength":3})", R"("a\u0000b")"));
  EXPECT_FALSE(accepts(R"({"uniqueItems":true})", "[1,1.0]"));
  EXPECT_TRUE(accepts(R"({"uniqueItems":true})", R"([1,true,"1",[1],{"a":1}])"));
  EXPECT_TRUE(accepts(R"({"prefixItems":[{"type":"string"}],"items":false})", R"(["a"])"));
  EXPECT_FALSE(accepts(R"({"prefixItems":[{"type":"string"}],"items":false})", R"(["a",1])"));
  EXPECT_TRUE(accepts(R"({"contains":{"const":1},"minContains":2,"maxContains":3})", "[1,1,2]"));
  EXPECT_FALSE(accepts(R"({"contains":{"const":1},"minContains":2})", "[1,2]"));
  EXPECT_TRUE(accepts(R"({"contains":{"const":1},"minContains":0})", "[]"));
  EXPECT_FALSE(accepts(R"({"contains":{"const":1},"maxContains":1})", "[1,1]"));
  EXPECT_FALSE(accepts(R"({"dependentRequired":{"a":["b"]}})", R"({"a":1})"));
  EXPECT_FALSE(accepts(R"({"dependentSchemas":{"a":{"maxProperties":1}}})", R"({"a":1,"b":2})"));
  EXPECT_FALSE(accepts(R"({"patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false})",
                       R"({"y":1})"));
  EXPECT_FALSE(accepts(R"({"patternProperties":{"^x-":{"type":"string"}}})", R"({"x-a":1})"));
  EXPECT_FALSE(accepts(R"({"propertyNames":{"pattern":"^[a-z]+$"}})", R"({"A":1})"));
  EXPECT_TRUE(accepts(R"({"const":[1]})", "[1.0]"));
  EXPECT_TRUE(accepts(R"({"pattern":"^\\u00e9$"})", R"("é")"));
}

TEST(SchemaJudge, FollowsReferencesIntoTheValue) {
  const auto* tree = R"({"$ref":"#/$defs/node","$defs":{"node":{"type":"object","required":["v"],
    "properties":{"next":{"$ref":"#/$defs/node"}}}}})";
  EXPECT_TRUE(accepts(tree, R"({"v":1,"next":{"v":2}})"));
  EXPECT_FALSE(accepts(tree, R"({"v":1,"next":{"v":2,"next":{}}})"));
  EXPECT_TRUE(accepts(R"({"$defs":{"a b/c":{"type":"string"}},"$ref":"#/$defs/a%20b~1c"})", R"("x")"));
  EXPECT_FALSE(accepts(R"({"$ref":"#/$defs/s","maxLength":1,"$defs":{"s":{"type":"string"}}})", R"("xy")"))
      << "what stands beside a reference counts";
}

TEST(SchemaJudge, NamesThePlaceAndTheKeywordOfARefusal) {
  const auto judgement = judged(json::parse(R"({"properties":{"a":{"items":{"type":"string"}}}})"),
                                json::parse(R"({"a":["x",1]})"));
  EXPECT_EQ(judgement.place, "/a/1");
  EXPECT_EQ(judgement.keyword, "type");
  EXPECT_EQ(judged(json::parse(R"({"anyOf":[{"type":"string"},{"minimum":5}]})"), 1).keyword, "anyOf");
}

TEST(SchemaJudge, TakesTimeThatGrowsWithTheText) {
  const std::string letters(1'000'000, 'a');
  EXPECT_EQ(judged({{"pattern", "^[A-Za-z ]+$"}}, letters).verdict, Verdict::accepted);
  EXPECT_EQ(judged({{"pattern", "^(a+)+$"}}, letters + "!").verdict, Verdict::refused);
  EXPECT_EQ(judged({{"patternProperties", {{"^(a+)+$", false}}}}, {{letters + "!", 1}}).verdict,
            Verdict::accepted);
  EXPECT_EQ(judged({{"propertyNames", {{"pattern", "^(a+)+$"}}}}, {{letters + "!", 1}}).verdict,
            Verdict::refused);
}

TEST(SchemaJudge, TakesTimeThatGrowsWithAListOfDifferentElements) {
  auto list = json::array();
  for (int i = 0; i < 50'000; ++i) list.push_back({{"id", i}});
  EXPECT_EQ(judged({{"uniqueItems", true}}, list).verdict, Verdict::accepted);
  list.push_back(list.front());
  EXPECT_EQ(judged({{"uniqueItems", true}}, list).verdict, Verdict::refused);
}

// Both alternatives lead on to both alternatives of the next: 2^28 ways.
TEST(SchemaJudge, LeavesUndecidedWhatWouldTakeForEver) {
  json definitions;
  for (int i = 0; i < 28; ++i) {
    const json next{{"$ref", "#/$defs/" + std::to_string(i + 1)}};
    definitions[std::to_string(i)] = {{"anyOf", {next, next}}};
  }
  definitions["28"] = {{"type", "string"}};
  const json schema{{"$defs", definitions}, {"$ref", "#/$defs/0"}};
  EXPECT_EQ(judge(*read_schema({{"not", {{"$ref", "#/$defs/0"}}}, {"$defs", definitions}}).schema, 5).verdict,
            Verdict::undecided)
      << "nor is the opposite decided";
  EXPECT_EQ(judged(schema, 5).verdict, Verdict::undecided);
  EXPECT_EQ(judged(schema, "x").verdict, Verdict::accepted) << "the first way leads there";

  const json deep = json::parse(
      R"({"anyOf":[{"type":"object","properties":{"n":{"$ref":"#"}}},{"type":"object","properties":{"n":{"$ref":"#"}}}]})");
  json value = 5;
  for (int i = 0; i < 60; ++i) value = {{"n", value}};
  EXPECT_EQ(judged(deep, value).verdict, Verdict::undecided);

  EXPECT_EQ(judged({{"pattern", "(a?){400}a{400}$"}}, std::string(1'000'000, 'b')).verdict,
            Verdict::undecided);
}

TEST(SchemaJudge, IsBoundedInDepth) {
  auto schema = json::object();
  for (int i = 0; i < 60; ++i) schema = {{"allOf", {schema}}};
  const json recursive{{"allOf", {schema, {{"additionalProperties", {{"$ref", "#"}}}}}}};
  json value = 5;
  for (int i = 0; i < 64; ++i) value = {{"n", value}};
  EXPECT_EQ(judged(recursive, value).verdict, Verdict::accepted);

  json steep{{"additionalProperties", {{"$ref", "#"}}}};
  for (int i = 0; i < 40; ++i) steep = {{"allOf", {steep}}};
  EXPECT_EQ(judged(steep, value).verdict, Verdict::undecided)
      << "65 values, 41 schemas inside one another for each";
}

TEST(SchemaReader, BoundsTheSizeOfASchema) {
  json wide;
  for (int i = 0; i < 1'100; ++i) wide["properties"][std::to_string(i)] = json::object();
  const auto read = read_schema(wide);
  EXPECT_FALSE(read.schema);
  EXPECT_EQ(read.mistakes.front().message,
            "this schema has more than 1000 parts: split it over several rules");

  json patterns;
  for (int i = 0; i < 101; ++i) patterns["patternProperties"]["^" + std::to_string(i)] = true;
  EXPECT_EQ(read_schema(patterns).mistakes.front().message, "this schema has more than 100 patterns");

  json chain{{"$defs", {{"70", true}}}, {"$ref", "#/$defs/0"}};
  for (int i = 0; i < 70; ++i)
    chain["$defs"][std::to_string(i)] = {{"$ref", "#/$defs/" + std::to_string(i + 1)}};
  ASSERT_FALSE(read_schema(chain).schema);
  EXPECT_TRUE(read_schema(chain).mistakes.front().message.starts_with(
      "more than 64 schemas apply to the same value"));
}

TEST(SchemaReader, ListsAtMostAHundredMistakesAndNeverLosesTheError) {
  json schema;
  for (int i = 0; i < 300; ++i) schema["unknown" + std::to_string(i)] = 1;
  schema["type"] = 5;
  const auto read = read_schema(schema);
  EXPECT_FALSE(read.schema);
  EXPECT_EQ(read.mistakes.size(), 100u);
  EXPECT_TRUE(std::ranges::any_of(
      read.mistakes, [](const auto& m) { return m.severity == SchemaMistake::Severity::error; }));
}

}  // namespace
}  // namespace vault_mock::contract
