#include "contract/query_object.hpp"

#include <algorithm>
#include <charconv>

#include "text/url.hpp"

namespace vault_mock::contract {
namespace {

using nlohmann::json;

bool may_be(const json& schema, std::string_view type) {
  const auto types = schema.find("type");
  if (types == schema.end()) return false;
  return types->is_array() ? std::ranges::find(*types, json(type)) != types->end() : *types == type;
}

const json& member(const json& schema, const char* key) {
  static const json kAnything = json::object();
  const auto found = schema.find(key);
  return found == schema.end() ? kAnything : *found;
}

// The key of "filter[key]" or "filter[key][…]"; empty: the name is none of these.
std::string_view key_in(std::string_view name, std::string_view parameter) {
  if (!name.starts_with(parameter)) return {};
  name.remove_prefix(parameter.size());
  if (!name.starts_with('[')) return {};
  return name.substr(1, std::min(name.find(']'), name.size()) - 1);
}

}  // namespace

json value_of(const json& schema, std::string_view text) {
  if (text.empty() && may_be(schema, "null")) return nullptr;
  if (may_be(schema, "integer")) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) return number;
  }
  if (may_be(schema, "number")) {
    if (auto number = json::parse(text, nullptr, false); number.is_number()) return number;
  }
  if (may_be(schema, "array")) {  // separated by spaces (spaceDelimited)
    json list = json::array();
    for (std::size_t end = 0; !text.empty(); text.remove_prefix(std::min(end + 1, text.size()))) {
      end = std::min(text.find(' '), text.size());
      if (end > 0) list.push_back(text.substr(0, end));
    }
    return list;
  }
  if (may_be(schema, "boolean") && (text == "true" || text == "false")) return text == "true";
  return text;
}

json query_object(const json& schema, std::string_view query, std::string_view name) {
  const json& properties = member(schema, "properties");
  auto object = json::object();
  text::each_query_pair(query, [&](std::string_view encoded_name, std::string_view encoded_value) {
    const auto decoded = text::query_decoded(encoded_name);
    const std::string key(key_in(decoded, name));
    if (key.empty()) return true;
    const auto& property = member(properties, key.c_str());
    const auto value = text::query_decoded(encoded_value);
    const bool is_null = value.empty() && may_be(property, "null");
    if (may_be(property, "array") && !is_null) {
      if (!object[key].is_array()) object[key] = json::array();
      object[key].push_back(value_of(member(property, "items"), value));
    } else if (!object.contains(key)) {
      object[key] = value_of(property, value);
    }
    return true;
  });
  return object;
}

}  // namespace vault_mock::contract
