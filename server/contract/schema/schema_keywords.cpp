#include "contract/schema/schema_keywords.hpp"

#include <algorithm>

namespace vault_mock::contract {
namespace {

using Reading = Keyword::Reading;
using Bound = check::Bound::Order;
using Of = check::Size::Of;
using Order = check::Size::Order;

constexpr Keyword bound(std::string_view name, Bound order) {
  return {.name = name, .reading = Reading::bound, .bound = order};
}
constexpr Keyword size(std::string_view name, Of of, Order order) {
  return {.name = name, .reading = Reading::size, .of = of, .order = order};
}
constexpr Keyword annotation(std::string_view name) { return {.name = name, .reading = Reading::annotation}; }
constexpr Keyword together(std::string_view name) { return {.name = name, .reading = Reading::with_others}; }
constexpr Keyword warned(std::string_view name, std::string_view words) {
  return {.name = name, .reading = Reading::warned, .words = words};
}
constexpr Keyword refused(std::string_view name, std::string_view words) {
  return {.name = name, .reading = Reading::refused, .words = words};
}
constexpr Keyword own(std::string_view name) { return {.name = name}; }

constexpr auto kKeywords = std::to_array<Keyword>({
    own("type"),
    own("enum"),
    own("const"),
    bound("minimum", Bound::at_least),
    bound("maximum", Bound::at_most),
    bound("exclusiveMinimum", Bound::more),
    bound("exclusiveMaximum", Bound::less),
    own("multipleOf"),
    size("minLength", Of::characters, Order::at_least),
    size("maxLength", Of::characters, Order::at_most),
    own("pattern"),
    together("items"),
    together("prefixItems"),
    together("additionalItems"),
    together("contains"),
    together("minContains"),
    together("maxContains"),
    size("minItems", Of::elements, Order::at_least),
    size("maxItems", Of::elements, Order::at_most),
    own("uniqueItems"),
    together("properties"),
    together("patternProperties"),
    together("additionalProperties"),
    own("propertyNames"),
    own("required"),
    size("minProperties", Of::members, Order::at_least),
    size("maxProperties", Of::members, Order::at_most),
    own("dependencies"),
    own("dependentRequired"),
    own("dependentSchemas"),
    own("allOf"),
    own("anyOf"),
    own("oneOf"),
    own("not"),
    together("if"),
    together("then"),
    together("else"),
    own("$ref"),
    {.name = "$defs", .reading = Reading::definitions},
    {.name = "definitions", .reading = Reading::definitions},
    annotation("$schema"),
    annotation("$id"),
    annotation("$anchor"),
    annotation("$comment"),
    annotation("$vocabulary"),
    annotation("title"),
    annotation("description"),
    annotation("default"),
    annotation("examples"),
    annotation("example"),
    annotation("deprecated"),
    annotation("readOnly"),
    annotation("writeOnly"),
    annotation("contentEncoding"),
    annotation("contentMediaType"),
    annotation("contentSchema"),
    annotation("discriminator"),
    annotation("externalDocs"),
    annotation("xml"),
    warned("format", "\"format\" is not checked; \"pattern\" is"),
    warned("nullable",
           "\"nullable\" is OpenAPI 3.0's and says nothing in a JSON Schema: write {\"type\": [\"string\", "
           "\"null\"]}"),
    refused("unevaluatedProperties",
            "\"unevaluatedProperties\" is not supported: use \"additionalProperties\""),
    refused("unevaluatedItems",
            "\"unevaluatedItems\" is not supported: use \"items\" or \"additionalItems\""),
    refused("$dynamicRef", "\"$dynamicRef\" is not supported: use \"$ref\""),
    refused("$recursiveRef", "\"$recursiveRef\" is not supported: use \"$ref\""),
    refused("divisibleBy", "\"divisibleBy\" is from draft 3: write \"multipleOf\""),
    refused("disallow", "\"disallow\" is from draft 3: write {\"not\": {\"type\": ...}}"),
    refused("extends", "\"extends\" is from draft 3: write \"allOf\""),
});

}  // namespace

const Keyword* find_keyword(std::string_view name) {
  const auto found = std::ranges::find(kKeywords, name, &Keyword::name);
  return found == kKeywords.end() ? nullptr : &*found;
}

const std::vector<std::string>& keyword_names() {
  static const auto names = [] {
    std::vector<std::string> list;
    for (const auto& keyword : kKeywords)
      if (keyword.reading != Reading::refused) list.emplace_back(keyword.name);
    return list;
  }();
  return names;
}

}  // namespace vault_mock::contract
