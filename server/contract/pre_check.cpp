#include "contract/pre_check.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "contract/text_checks.hpp"
#include "text/utf8.hpp"

namespace vault_mock::contract {
namespace {

using nlohmann::json;
using text::FastValue;
using Kind = FastValue::Kind;

constexpr unsigned bit(Kind kind) { return 1u << static_cast<unsigned>(kind); }

// The kinds of a type name; 0 for an unknown one. To JSON Schema 2.0 is an integer too; here it is `unsure`.
unsigned kinds_named(std::string_view type) {
  constexpr unsigned kIntegers = bit(Kind::integer) | bit(Kind::unsigned_integer);
  if (type == "null") return bit(Kind::null);
  if (type == "boolean") return bit(Kind::boolean);
  if (type == "integer") return kIntegers;
  if (type == "number") return kIntegers | bit(Kind::number);
  if (type == "string") return bit(Kind::string);
  if (type == "array") return bit(Kind::array);
  if (type == "object") return bit(Kind::object);
  return 0;
}

std::optional<unsigned> kinds_of(const json& type) {
  unsigned kinds = 0;
  for (const auto& name : type.is_array() ? type : json::array({type})) {
    const auto known = name.is_string() ? kinds_named(name.get_ref<const std::string&>()) : 0;
    if (known == 0) return std::nullopt;
    kinds |= known;
  }
  return kinds;
}

bool is_annotation(std::string_view keyword) {
  constexpr std::string_view kAnnotations[] = {"title", "description", "default", "example", "examples"};
  return std::ranges::find(kAnnotations, keyword) != std::end(kAnnotations);
}

}  // namespace

std::optional<PreCheck> PreCheck::compile(const json& schema) {
  PreCheck pre_check;
  std::size_t root = 0;
  if (!pre_check.add(schema, root)) return std::nullopt;
  return pre_check;
}

bool PreCheck::add(const json& schema, std::size_t& place) {
  if (!schema.is_object()) return false;
  place = shapes_.size();
  shapes_.emplace_back();
  for (const auto& [keyword, value] : schema.items()) {
    if (keyword == "type") {
      const auto kinds = kinds_of(value);
      if (!kinds) return false;
      shapes_[place].kinds = *kinds;
    } else if (keyword == "enum") {
      for (const auto& allowed : value) {
        if (!allowed.is_string()) return false;
        shapes_[place].values.push_back(allowed);
      }
      if (value.empty()) return false;
    } else if (keyword == "minLength") {
      shapes_[place].min_length = value;
    } else if (keyword == "maxLength") {
      shapes_[place].max_length = value;
    } else if (keyword == "x-advice") {
      shapes_[place].advice = value;
    } else if (keyword == "items") {
      std::size_t items = 0;
      if (!add(value, items)) return false;
      shapes_[place].items = items;
    } else if (keyword != "properties" && keyword != "required" && keyword != "additionalProperties" &&
               !is_annotation(keyword)) {
      return false;
    }
  }
  return add_members(schema, place);
}

bool PreCheck::add_members(const json& schema, std::size_t place) {
  const auto properties = schema.value("properties", json::object());
  const auto required = schema.value("required", json::array());
  for (const auto& [key, member] : properties.items()) {
    std::size_t shape = 0;
    if (!add(member, shape)) return false;
    const bool is_required = std::ranges::find(required, json(key)) != required.end();
    shapes_[place].members.push_back({key, shape, is_required});
  }
  const auto others = schema.value("additionalProperties", json(true));
  if (!others.is_boolean()) return false;
  if (others == false)
    shapes_[place].others = Others::forbidden;
  else if (!properties.empty())
    shapes_[place].others = Others::watched;
  shapes_[place].required = required.size();
  return std::ranges::all_of(
      required, [&](const json& key) { return properties.contains(key.get_ref<const std::string&>()); });
}

Screening PreCheck::screen(const text::FastJson& body) const {
  const auto values = body.values();
  return !values.empty() && passes(shapes_.front(), values.front()) ? Screening::clean : Screening::unsure;
}

Screening PreCheck::screen(std::string_view text) const {
  const auto& root = shapes_.front();
  const bool passes = (root.kinds & bit(Kind::string)) != 0 && passes_text(root, text);
  return passes ? Screening::clean : Screening::unsure;
}

bool PreCheck::passes(const Shape& shape, const FastValue& value) const {
  if ((shape.kinds & bit(value.kind)) == 0) return false;
  if (value.is(Kind::object)) return shape.values.empty() && passes_object(shape, value);
  if (value.is(Kind::string)) return passes_text(shape, value.text);
  if (!shape.values.empty()) return false;
  if (!value.is(Kind::array) || !shape.items) return true;
  for (const auto& element : children_of(value))
    if (!passes(shapes_[*shape.items], element)) return false;
  return true;
}

bool PreCheck::passes_object(const Shape& shape, const FastValue& value) const {
  std::size_t required = 0;  // no key stands twice: FastJson sees to that
  for (const auto& child : children_of(value)) {
    const auto member = std::ranges::find(shape.members, child.key, &Member::key);
    if (member == shape.members.end()) {
      if (shape.others != Others::free) return false;
    } else if (!passes(shapes_[member->shape], child)) {
      return false;
    } else if (member->required) {
      ++required;
    }
  }
  return required == shape.required;
}

bool PreCheck::passes_text(const Shape& shape, std::string_view text) {
  if (!shape.values.empty() && std::ranges::find(shape.values, text) == shape.values.end()) return false;
  if (shape.min_length > 0 && text::count_characters(text) < shape.min_length) return false;
  if (text.size() > shape.max_length && text::count_characters(text) > shape.max_length) return false;
  return shape.advice.empty() || !failed_check(shape.advice, text);
}

}  // namespace vault_mock::contract
