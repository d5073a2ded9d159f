#include "contract/schema/schema_keywords.hpp"

#include <algorithm>

namespace vault_mock::contract {
namespace {

using Use = Keyword::Use;
using Bound = check::Bound::Order;
using Of = check::Size::Of;
using Order = check::Size::Order;

constexpr Keyword kJudged[] = {
    {.name = "minimum", .use = Use::bound, .bound = Bound::at_least},
    {.name = "maximum", .use = Use::bound, .bound = Bound::at_most},
    {.name = "exclusiveMinimum", .use = Use::bound, .bound = Bound::more},
    {.name = "exclusiveMaximum", .use = Use::bound, .bound = Bound::less},
    {.name = "minLength", .use = Use::size, .of = Of::characters, .order = Order::at_least},
    {.name = "maxLength", .use = Use::size, .of = Of::characters, .order = Order::at_most},
    {.name = "minItems", .use = Use::size, .of = Of::elements, .order = Order::at_least},
    {.name = "maxItems", .use = Use::size, .of = Of::elements, .order = Order::at_most},
    {.name = "minProperties", .use = Use::size, .of = Of::members, .order = Order::at_least},
    {.name = "maxProperties", .use = Use::size, .of = Of::members, .order = Order::at_most},
};
constexpr std::string_view kOwn[] = {"type",
                                     "enum",
                                     "const",
                                     "multipleOf",
                                     "pattern",
                                     "uniqueItems",
                                     "propertyNames",
                                     "required",
                                     "dependencies",
                                     "dependentRequired",
                                     "dependentSchemas",
                                     "allOf",
                                     "anyOf",
                                     "oneOf",
                                     "not",
                                     "$ref"};
constexpr std::string_view kWithOthers[] = {
    "items",      "prefixItems",       "additionalItems",      "contains", "minContains", "maxContains",
    "properties", "patternProperties", "additionalProperties", "if",       "then",        "else"};
constexpr std::string_view kDefinitions[] = {"$defs", "definitions"};
constexpr std::string_view kAnnotations[] = {"$schema",
                                             "$id",
                                             "$anchor",
                                             "$comment",
                                             "$vocabulary",
                                             "title",
                                             "description",
                                             "default",
                                             "examples",
                                             "example",
                                             "deprecated",
                                             "readOnly",
                                             "writeOnly",
                                             "contentEncoding",
                                             "contentMediaType",
                                             "contentSchema",
                                             "discriminator",
                                             "externalDocs",
                                             "xml"};
constexpr Keyword kNotJudged[] = {
    {.name = "format", .use = Use::warned, .words = "is not checked; \"pattern\" is"},
    {.name = "nullable",
     .use = Use::warned,
     .words = "is a keyword of OpenAPI 3.0 and has no effect in a JSON Schema: write {\"type\": [\"string\", "
              "\"null\"]}"},
    {.name = "unevaluatedProperties",
     .use = Use::refused,
     .words = "is not supported: use \"additionalProperties\""},
    {.name = "unevaluatedItems",
     .use = Use::refused,
     .words = "is not supported: use \"items\" or \"additionalItems\""},
    {.name = "$dynamicRef", .use = Use::refused, .words = "is not supported: use \"$ref\""},
    {.name = "$recursiveRef", .use = Use::refused, .words = "is not supported: use \"$ref\""},
    {.name = "divisibleBy", .use = Use::refused, .words = "is from draft 3: write \"multipleOf\""},
    {.name = "disallow", .use = Use::refused, .words = "is from draft 3: write {\"not\": {\"type\": ...}}"},
    {.name = "extends", .use = Use::refused, .words = "is from draft 3: write \"allOf\""},
};

const std::vector<Keyword>& keywords() {
  static const auto all = [] {
    std::vector<Keyword> list(std::begin(kJudged), std::end(kJudged));
    for (const auto name : kOwn) list.push_back({.name = name, .use = Use::own});
    for (const auto name : kWithOthers) list.push_back({.name = name, .use = Use::with_others});
    for (const auto name : kDefinitions) list.push_back({.name = name, .use = Use::definitions});
    for (const auto name : kAnnotations) list.push_back({.name = name, .use = Use::annotation});
    list.insert(list.end(), std::begin(kNotJudged), std::end(kNotJudged));
    return list;
  }();
  return all;
}

}  // namespace

const Keyword* find_keyword(std::string_view name) {
  const auto found = std::ranges::find(keywords(), name, &Keyword::name);
  return found == keywords().end() ? nullptr : &*found;
}

const std::vector<std::string>& keyword_names() {
  static const auto names = [] {
    std::vector<std::string> list;
    for (const auto& keyword : keywords())
      if (keyword.use != Use::refused) list.emplace_back(keyword.name);
    return list;
  }();
  return names;
}

}  // namespace vault_mock::contract
