#include "contract/query_object.hpp"

#include <algorithm>
#include <charconv>

#include "text/ascii.hpp"
#include "text/shortened.hpp"
#include "text/url.hpp"

namespace vault_mock::contract {
namespace {

using nlohmann::json;

bool may_be(const json& schema, std::string_view type) {
  const auto types = schema.find("type");
  if (types == schema.end()) return false;
  return types->is_array() ? std::ranges::find(*types, json(type)) != types->end() : *types == type;
}

const json& member(const json& schema, const std::string& key) {
  static const json kAnything = json::object();
  const auto found = schema.find(key);
  return found == schema.end() ? kAnything : *found;
}

// What may stand behind the key of an array: nothing, "[]" or "[0]".
bool is_index(std::string_view rest) {
  if (rest.empty()) return true;
  return rest.size() >= 2 && rest.starts_with('[') && rest.ends_with(']') &&
         std::ranges::all_of(rest.substr(1, rest.size() - 2), text::is_digit);
}

// Calls `visit(key, property, encoded_value)` for each name of a member, `visit_malformed(name)` for each
// that is meant as one but is not written as one.
template <typename Visit, typename VisitMalformed>
void each_member(const json& schema, std::string_view query, std::string_view parameter, const Visit& visit,
                 const VisitMalformed& visit_malformed) {
  const json& properties = member(schema, "properties");
  text::each_query_pair(query, [&](std::string_view encoded_name, std::string_view encoded_value) {
    const auto name = text::query_decoded(encoded_name);
    const auto read = read_query_name(name);
    if (read.parameter != parameter) return true;
    const std::string key(read.key);
    const auto& property = member(properties, key);
    if (!key.empty() && (may_be(property, "array") ? is_index(read.rest) : read.rest.empty()))
      visit(key, property, encoded_value);
    else
      visit_malformed(name);
    return true;
  });
}

}  // namespace

QueryName read_query_name(std::string_view name) {
  const auto bracket = std::min(name.find('['), name.size());
  QueryName read{.parameter = name.substr(0, bracket), .key = {}, .rest = name.substr(bracket)};
  const auto end = read.rest.find_first_of("[]", 1);
  if (end == read.rest.npos || read.rest[end] != ']') return read;
  read.key = read.rest.substr(1, end - 1);
  if (!read.key.empty()) read.rest.remove_prefix(end + 1);
  return read;
}

std::string member_name(std::string_view name, std::string_view pointer) {
  if (pointer.empty()) return std::string(name);
  const auto key = pointer.substr(1, pointer.find('/', 1) - 1);
  return std::string(name).append("[").append(key).append("]");
}

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
  auto object = json::object();
  const auto add = [&](const std::string& key, const json& property, std::string_view encoded_value) {
    const auto value = text::query_decoded(encoded_value);
    const bool is_null = value.empty() && may_be(property, "null");
    if (may_be(property, "array") && !is_null) {
      if (!object[key].is_array()) object[key] = json::array();
      object[key].push_back(value_of(member(property, "items"), value));
    } else if (!object.contains(key)) {
      object[key] = value_of(property, value);
    }
  };
  each_member(schema, query, name, add, [](const std::string&) {});
  return object;
}

std::vector<Advice> advise_query_object(const Schema& schema, std::string_view query, std::string_view name) {
  auto advice = schema.advise(query_object(schema.source(), query, name));
  for (auto& [place, text] : advice) place = member_name(name, place);
  const auto refer = [&](const std::string& malformed) {
    if (advice.size() >= kMostAdvice) return;
    advice.push_back({std::string(name), "'" + text::shortened(malformed) +
                                             "' is accepted and ignored: a member is written " +
                                             std::string(name) + "[key]=value"});
  };
  each_member(
      schema.source(), query, name, [](const auto&...) {}, refer);
  return advice;
}

}  // namespace vault_mock::contract
