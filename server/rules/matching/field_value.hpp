// One value of a request as matchers see it: a text (a header, consumer id …), a JSON value of the body, or
// nothing.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace vault_mock::rules {

// A view, valid as long as the text or JSON value it was made from.
class FieldValue {
 public:
  FieldValue() = default;
  explicit FieldValue(std::string_view text) : value_(text) {}
  explicit FieldValue(const nlohmann::json* json) {
    if (json != nullptr) value_ = json;
  }

  bool missing() const { return std::holds_alternative<std::monostate>(value_); }
  const nlohmann::json* json() const {
    const auto* json = std::get_if<const nlohmann::json*>(&value_);
    return json ? *json : nullptr;
  }
  std::optional<std::string_view> text() const {  // a text, or a JSON string
    if (const auto* text = std::get_if<std::string_view>(&value_)) return *text;
    if (const auto* value = json(); value && value->is_string()) return value->get_ref<const std::string&>();
    return std::nullopt;
  }
  // A JSON number, exactly as it is, or a text that reads as one. A JSON string never does.
  std::optional<nlohmann::json> number() const;
  std::string shown() const;  // for messages: "bob", {"a":1}, missing; cut after 80 bytes

 private:
  std::variant<std::monostate, std::string_view, const nlohmann::json*> value_;
};

// The same for a JSON value of a rule.
std::string shown(const nlohmann::json& value);

}  // namespace vault_mock::rules
