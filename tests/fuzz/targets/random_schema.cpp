#include "fuzz/targets/random_schema.hpp"

#include <array>
#include <string>

namespace vault_mock::fuzz {
namespace {

using nlohmann::json;

constexpr std::array<const char*, 5> kNames = {"a", "b", "n", "vault_name", ""};

json strange_value(Choices& choices) {
  static const std::array<json, 12> kStrange = {
      0,  -1, 1e18, 1e-300, 1.5, "x", nullptr, true, json::array(), json::array({5, "a"}), json::object(),
      "#"};
  return choices.one_of(kStrange);
}

json reference(Choices& choices) {
  static const std::array<const char*, 9> kTargets = {
      "#",     "#/$defs/a", "#/$defs/b", "#/properties/n",       "#/anyOf/0",
      "#/not", "#/nowhere", "#a",        "https://example.com/s"};
  return choices.one_of(kTargets);
}

json pattern(Choices& choices) {
  static const std::array<const char*, 10> kPatterns = {
      "^[A-Za-z ]+$", "^(a+)+$",       "[",       "(?=a)",   "(a)\\1",
      "a{1000}",      "(a?){50}a{50}", "\\u00e9", "(?<n>a)", "(.{1,300}){3}"};
  return choices.one_of(kPatterns);
}

json tame_schema_list(Choices& choices, Temper temper, int depth) {
  auto list = json::array();
  for (auto count = 1 + choices.below(3); count > 0; --count)
    list.push_back(random_schema(choices, temper, depth - 1));
  return list;
}

json schema_map(Choices& choices, Temper temper, int depth) {
  auto map = json::object();
  for (auto count = 1 + choices.below(3); count > 0; --count)
    map[choices.one_of(kNames)] = random_schema(choices, temper, depth - 1);
  return map;
}

void add_tame_keyword(json& schema, Choices& choices, Temper temper, int depth) {
  static const std::array<const char*, 7> kTypes = {"object", "array",   "string", "integer",
                                                    "number", "boolean", "null"};
  static const std::array<const char*, 8> kCounts = {"minLength",     "maxLength", "minItems",
                                                     "maxItems",      "minimum",   "maxProperties",
                                                     "minProperties", "maximum"};
  const auto inner = [&] { return random_schema(choices, temper, depth - 1); };
  switch (choices.below(depth > 0 ? 17 : 6)) {
    case 0:
      schema["type"] = choices.one_of(kTypes);
      return;
    case 1:
      schema["type"] = {choices.one_of(kTypes), "boolean"};
      return;
    case 2:
    case 3:
      schema[choices.one_of(kCounts)] = choices.below(4);
      return;
    case 4:
      schema["enum"] = {random_value(choices, 1), random_value(choices, 1)};
      return;
    case 5:
      schema["required"] = {choices.one_of(kNames)};
      return;
    case 6:
      schema["properties"] = schema_map(choices, temper, depth);
      return;
    case 7:
      schema["additionalProperties"] = inner();
      return;
    case 8:
      schema["items"] = inner();
      return;
    case 9:
      schema["items"] = tame_schema_list(choices, temper, depth);
      schema["additionalItems"] = inner();
      return;
    case 10:
      schema["allOf"] = tame_schema_list(choices, temper, depth);
      return;
    case 11:
      schema["anyOf"] = tame_schema_list(choices, temper, depth);
      return;
    case 12:
      schema["oneOf"] = tame_schema_list(choices, temper, depth);
      return;
    case 13:
      schema["not"] = inner();
      return;
    case 14:
      schema["if"] = inner();
      schema["then"] = inner();
      schema["else"] = inner();
      return;
    case 15:
      schema["contains"] = inner();
      return;
    default:
      schema["uniqueItems"] = true;
  }
}

void add_wild_keyword(json& schema, Choices& choices, int depth) {
  static const std::array<const char*, 24> kKeywords = {
      "type",         "enum",        "const",  "minimum", "multipleOf", "minLength",     "pattern",
      "items",        "if",          "allOf",  "anyOf",   "properties", "propertyNames", "patternProperties",
      "dependencies", "required",    "$defs",  "$ref",    "not",        "contains",      "minContains",
      "uniqueItems",  "prefixItems", "unknown"};
  switch (choices.below(6)) {
    case 0:
      schema["$ref"] = reference(choices);
      return;
    case 1:
      schema["pattern"] = pattern(choices);
      return;
    case 2:
      schema["patternProperties"] = {{pattern(choices), random_schema(choices, Temper::wild, depth - 1)}};
      return;
    case 3:
      schema["$defs"] = schema_map(choices, Temper::wild, depth);
      return;
    case 4:
      schema["propertyNames"] = {{"pattern", pattern(choices)}};
      return;
    default:
      schema[choices.one_of(kKeywords)] = strange_value(choices);
  }
}

}  // namespace

json random_value(Choices& choices, int depth) {
  static const std::array<json, 11> kPlain = {0, 1, 2, -3, "", "a", "abc", nullptr, true, false, "n"};
  switch (choices.below(depth > 0 ? 4 : 2)) {
    case 2: {
      auto list = json::array();
      for (auto count = choices.below(4); count > 0; --count)
        list.push_back(random_value(choices, depth - 1));
      return list;
    }
    case 3: {
      auto object = json::object();
      for (auto count = choices.below(4); count > 0; --count)
        object[choices.one_of(kNames)] = random_value(choices, depth - 1);
      return object;
    }
    default:
      return choices.one_of(kPlain);
  }
}

json random_schema(Choices& choices, Temper temper, int depth) {
  if (depth <= 0 || !choices.left()) return choices.below(8) != 7;
  auto schema = json::object();
  for (auto count = 1 + choices.below(3); count > 0; --count) {
    if (temper == Temper::wild && choices.below(2) == 1)
      add_wild_keyword(schema, choices, depth);
    else
      add_tame_keyword(schema, choices, temper, depth);
  }
  return schema;
}

}  // namespace vault_mock::fuzz
