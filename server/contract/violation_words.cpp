#include "contract/violation_words.hpp"

#include <algorithm>
#include <cmath>
#include <compare>

#include "text/json/json_document.hpp"
#include "text/json/json_number.hpp"
#include "text/json/pointer.hpp"
#include "text/nearest.hpp"
#include "text/shortened.hpp"
#include "text/timestamp.hpp"
#include "text/utf8.hpp"

namespace vault_mock::contract {
namespace {

using nlohmann::json;

bool is_type(const json& instance, std::string_view type) {
  if (type == "object") return instance.is_object();
  if (type == "array") return instance.is_array();
  if (type == "string") return instance.is_string();
  if (type == "boolean") return instance.is_boolean();
  if (type == "null") return instance.is_null();
  if (type == "number") return instance.is_number();
  if (type == "integer")
    return instance.is_number_integer() ||
           (instance.is_number_float() && std::trunc(instance.get<double>()) == instance.get<double>());
  return true;
}

// "string", or "string,null" as ajv joins several.
std::string type_names(const json& type) {
  if (type.is_string()) return type.get<std::string>();
  std::string names;
  for (const auto& name : type) names += (names.empty() ? "" : ",") + name.get<std::string>();
  return names;
}

bool has_type(const json& instance, const json& type) {
  if (type.is_string()) return is_type(instance, type.get_ref<const std::string&>());
  return std::ranges::any_of(
      type, [&](const json& name) { return is_type(instance, name.get_ref<const std::string&>()); });
}

std::vector<std::string> keys_of(const json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

std::vector<std::string> strings_of(const json& values) {
  std::vector<std::string> strings;
  for (const auto& value : values)
    if (value.is_string()) strings.push_back(value.get<std::string>());
  return strings;
}

// With seconds and a zone (RFC 3339).
bool is_date_time(std::string_view value) {
  constexpr std::string_view kShortest = "2027-01-31T12:00:00Z";
  return value.size() >= kShortest.size() && text::parse_timestamp(value);
}

class ViolationWords {
 public:
  explicit ViolationWords(std::string_view root_name) : root_name_(root_name) {}

  void walk(const json& schema, const json& instance, const std::string& pointer, const std::string& name) {
    if (!schema.is_object() || is_full()) return;
    if (const auto type = schema.find("type"); type != schema.end() && !has_type(instance, *type))
      return say(pointer, name, "type must be " + type_names(*type),  // all else is noise on a wrong type
                 suggest_object(*type, instance));
    if (const auto values = schema.find("enum"); values != schema.end())
      check_enum(*values, instance, pointer, name);
    if (const auto value = schema.find("const"); value != schema.end() && *value != instance)
      say(pointer, name, "must be equal to " + text::dump(*value));
    if (const auto parts = schema.find("allOf"); parts != schema.end())
      for (const auto& part : *parts) walk(part, instance, pointer, name);
    if (instance.is_object()) walk_object(schema, instance, pointer);
    if (instance.is_array()) walk_array(schema, instance, pointer, name);
    if (instance.is_string()) {
      check_length(schema, instance.get_ref<const std::string&>(), pointer, name);
      check_date_time(schema, instance.get_ref<const std::string&>(), pointer, name);
    }
    if (instance.is_number()) check_range(schema, instance, pointer, name);
  }

  Violations take() { return std::move(violations_); }

 private:
  void say(const std::string& pointer, const std::string& name, const std::string& words,
           std::string suggestion = "") {
    const auto what = name.empty() ? std::string(root_name_) : "'" + text::shortened(name) + "' property";
    add({Violation::In::body, pointer, what + " " + words, std::move(suggestion)});
  }

  bool is_full() const { return violations_.size() > kMostViolations; }

  void add(Violation violation) {
    if (is_full()) return;
    if (violations_.size() == kMostViolations)
      violation = {Violation::In::body, "", "there are more violations, which are not listed", ""};
    violations_.push_back(std::move(violation));
  }

  void check_enum(const json& values, const json& instance, const std::string& pointer,
                  const std::string& name) {
    if (std::ranges::find(values, instance) != values.end()) return;
    std::string suggestion;
    if (instance.is_string()) {
      const auto known = strings_of(values);
      if (const auto near = text::nearest(instance.get_ref<const std::string&>(), known))
        suggestion = text::did_you_mean(near);
      else if (known.size() <= 12)
        for (const auto& value : known)
          suggestion += (suggestion.empty() ? "Allowed values: " : ", ") + value;
    }
    say(pointer, name, "must be equal to one of the allowed values", std::move(suggestion));
  }

  void walk_object(const json& schema, const json& instance, const std::string& pointer) {
    static const json kNone = json::object();
    const auto listed = schema.find("properties");
    const json& properties = listed == schema.end() ? kNone : *listed;
    const auto others = schema.find("additionalProperties");

    if (const auto required = schema.find("required"); required != schema.end())
      for (const auto& key : *required)
        if (!instance.contains(key.get_ref<const std::string&>()))
          add({Violation::In::body, pointer, "Missing property " + key.get<std::string>(), ""});

    for (const auto& [key, value] : instance.items()) {
      if (is_full()) return;
      const auto place = pointer + "/" + text::pointer_token(key);
      if (const auto known = properties.find(key); known != properties.end())
        walk(*known, value, place, key);
      else if (others == schema.end())
        continue;
      else if (*others == false)
        say(place, key, "is not expected to be here", suggest(properties, key, value));
      else
        walk(*others, value, place, key);
    }
  }

  // For a key that does not belong here: the name it means, or the wrapper it is.
  static std::string suggest(const json& properties, const std::string& key, const json& value) {
    const auto known = keys_of(properties);
    if (const auto near = text::nearest(key, known)) {
      const bool camel_case = std::ranges::any_of(key, [](char c) { return c >= 'A' && c <= 'Z'; });
      return "Did you mean property '" + *near + "'?" +
             (camel_case ? " The API takes snake_case; camelCase is how the SDKs spell it in code" : "");
    }
    const auto belongs = [&](const std::string& inner) {
      return properties.contains(inner) || text::nearest(inner, known);
    };
    if (value.is_object() && !value.empty() && std::ranges::all_of(keys_of(value), belongs))
      return "Send the content of '" + text::shortened(key) + "' as the body itself, without wrapping it";
    return "";
  }

  // For a value where an object belongs: how PHP writes an empty one, and what encoding twice makes of one.
  static std::string suggest_object(const json& type, const json& value) {
    if (!has_type(json::object(), type)) return "";
    if (value.is_array() && value.empty()) return "An empty object is {}; PHP writes [] for an empty array";
    if (!value.is_string()) return "";
    const auto inner = text::read_json(value.get_ref<const std::string&>());
    if (inner && inner->value.is_object()) return "It is JSON inside a string: encode it only once";
    return "";
  }

  void walk_array(const json& schema, const json& instance, const std::string& pointer,
                  const std::string& name) {
    if (const auto least = schema.find("minItems"); least != schema.end() && instance.size() < *least)
      say(pointer, name, "must not have fewer than " + text::dump(*least) + " items");
    if (const auto most = schema.find("maxItems"); most != schema.end() && instance.size() > *most)
      say(pointer, name, "must not have more than " + text::dump(*most) + " items");
    const auto items = schema.find("items");
    if (items == schema.end()) return;
    for (std::size_t i = 0; i < instance.size() && !is_full(); ++i)
      walk(*items, instance[i], pointer + "/" + std::to_string(i), std::to_string(i));
  }

  void check_length(const json& schema, const std::string& value, const std::string& pointer,
                    const std::string& name) {
    if (const auto least = schema.find("minLength");
        least != schema.end() && text::count_characters(value) < *least)
      say(pointer, name, "must not have fewer than " + text::dump(*least) + " characters");
    if (const auto most = schema.find("maxLength");
        most != schema.end() && text::count_characters(value) > *most)
      say(pointer, name, "must not have more than " + text::dump(*most) + " characters");
  }

  // openapi.json has the format beside the pattern by which the judge decides.
  void check_date_time(const json& schema, const std::string& value, const std::string& pointer,
                       const std::string& name) {
    if (schema.value("format", json()) != "date-time" || is_date_time(value)) return;
    say(pointer, name, "must match format \"date-time\"", "Write it as 2027-01-31T12:00:00Z");
  }

  void check_range(const json& schema, const json& value, const std::string& pointer,
                   const std::string& name) {
    if (const auto least = schema.find("minimum");
        least != schema.end() && std::is_lt(text::compare_numbers(value, *least)))
      say(pointer, name, "must be >= " + text::dump(*least));
    if (const auto most = schema.find("maximum");
        most != schema.end() && std::is_gt(text::compare_numbers(value, *most)))
      say(pointer, name, "must be <= " + text::dump(*most));
  }

  std::string_view root_name_;
  Violations violations_;
};

}  // namespace

Violations describe_violations(const json& schema, const json& instance, std::string_view root_name) {
  ViolationWords words(root_name);
  words.walk(schema, instance, "", "");
  return words.take();
}

}  // namespace vault_mock::contract
