#include "contract/schema.hpp"

#include <gtest/gtest.h>

namespace vault_mock::contract {
namespace {

using nlohmann::json;

Schema compiled(json source) {
  auto schema = Schema::compile(std::move(source));
  if (!schema) throw std::runtime_error(schema.error().front().message);
  return *schema;
}

TEST(Schema, ExplainsExactlyWhatItDoesNotAccept) {
  const auto schema = compiled(json::parse(R"({
    "type": "object", "additionalProperties": false, "required": ["a"],
    "properties": { "a": { "type": ["string", "null"], "minLength": 2, "maxLength": 3 },
                    "n": { "type": "integer", "minimum": 1, "maximum": 3 },
                    "l": { "type": "array", "minItems": 1, "maxItems": 2, "items": { "enum": ["x", 1, null] } },
                    "c": { "const": { "k": 1 } } } })"));
  for (const auto* accepted :
       {R"({"a":"ab"})", R"({"a":null,"n":3,"l":["x",null],"c":{"k":1}})", R"({"a":"äöü","n":1})"}) {
    EXPECT_TRUE(schema.accepts(json::parse(accepted))) << accepted;
    EXPECT_TRUE(schema.violations(json::parse(accepted), "it").empty()) << accepted;
  }
  for (const auto* refused :
       {"[]", "{}", R"({"a":"a"})", R"({"a":"abcd"})", R"({"a":true})", R"({"a":"ab","n":1.5})",
        R"({"a":"ab","n":0})", R"({"a":"ab","n":4})", R"({"a":"ab","l":[]})", R"({"a":"ab","l":[1,1,1]})",
        R"({"a":"ab","l":["y"]})", R"({"a":"ab","c":{}})", R"({"a":"ab","z":1})"}) {
    EXPECT_FALSE(schema.accepts(json::parse(refused))) << refused;
    EXPECT_FALSE(schema.violations(json::parse(refused), "it").empty()) << refused;
  }
}

TEST(Schema, NamesTheKeywordThatViolationWordsDoNotKnow) {
  const auto schema = compiled(json::parse(R"({"properties": {"a": {"items": {"pattern": "^x"}}}})"));
  const auto violations = schema.violations(json::parse(R"({"a": ["x", "y"]})"), "request body");
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations.front().place, "/a/1");
  EXPECT_EQ(violations.front().reason, "request body must satisfy the schema's \"pattern\"");
}

TEST(Schema, IsSharedByItsCopies) {
  const auto schema = compiled({{"type", "string"}});
  const auto copy = schema;  // NOLINT(performance-unnecessary-copy-initialization)
  EXPECT_EQ(&copy.source(), &schema.source());
  EXPECT_TRUE(copy.accepts("x"));
}

}  // namespace
}  // namespace vault_mock::contract
