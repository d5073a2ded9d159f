#include "vault/form_fields.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/json/string_member.hpp"

namespace vault_mock::vault {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 14> kTypes = {
    "text",   "checkbox",        "tel",          "email",    "url",  "textarea", "select",
    "number", "filtered-select", "multi-select", "datetime", "date", "time",     "password"};

const json& members_of_fields() {
  static const json kMembers = {{"id", "text"},
                                {"label", "text"},
                                {"placeholder", "text?"},
                                {"description", "text?"},
                                {"prefix", "text?"},
                                {"suffix", "text?"},
                                {"required", "flag"},
                                {"custom_field", "flag"},
                                {"disabled", "flag?"},
                                {"hidden", "flag?"},
                                {"deprecated", "flag?"},
                                {"sensitive", "flag?"},
                                {"allow_custom_values", "flag"}};
  return kMembers;
}

std::string complete_options(json& options, bool may_be_groups);

std::string complete_option(json& option, bool may_be_group) {
  if (!option.is_object()) return " is not an object";
  if (text::string_member(option, "label").empty()) return " has no label";
  const bool is_group = option.contains("options");
  if (!option.contains("option_type")) option["option_type"] = is_group ? "group" : "simple";
  const auto& type = option.at("option_type");
  if (type != "simple" && type != "group") return " has an option_type that is neither simple nor group";
  if ((type == "group") != is_group)
    return is_group ? " has options, but is not of the option_type group" : " is a group without options";
  if (is_group)
    return may_be_group ? complete_options(option["options"], false) : " is a group within a group";
  if (option.contains("value") && !is_field_value(option.at("value")))
    return " has a value that is neither text, number, boolean nor a list of texts and numbers";
  return "";
}

std::string complete_options(json& options, bool may_be_groups) {
  if (!options.is_array()) return "/options is not an array";
  for (std::size_t i = 0; i < options.size(); ++i)
    if (const auto fault = complete_option(options[i], may_be_groups); !fault.empty())
      return "/options/" + std::to_string(i) + fault;
  return "";
}

std::string complete_form_field(json& field) {
  if (!field.is_object()) return " is not an object";
  if (text::string_member(field, "id").empty()) return " has no id";
  if (auto fault = wrong_member(field, members_of_fields()); !fault.empty()) return " " + fault;
  if (const auto type = field.find("type"); type != field.end()) {
    if (!type->is_string() || std::ranges::find(kTypes, type->get_ref<const std::string&>()) == kTypes.end())
      return " has a type that form fields do not have: it is one of text, textarea, number, checkbox, "
             "email, url, "
             "tel, select, filtered-select, multi-select, date, time, datetime and password";
  }
  const auto options = field.find("options");
  return options == field.end() ? "" : complete_options(*options, true);
}

}  // namespace

bool is_field_value(const json& value) {
  if (value.is_string() || value.is_number() || value.is_boolean()) return true;
  return value.is_array() && std::ranges::all_of(value, [](const json& element) {
           return element.is_string() || element.is_number();
         });
}

std::string wrong_member(const json& object, const json& table) {
  for (const auto& [name, type] : table.items()) {
    const auto found = object.find(name);
    if (found == object.end()) continue;
    const auto& words = type.get_ref<const std::string&>();
    const bool is_text = words.starts_with("text");
    if ((words.ends_with('?') && found->is_null()) || (is_text ? found->is_string() : found->is_boolean()))
      continue;
    return "has a " + name + " that is " + (is_text ? "not a text" : "neither true nor false");
  }
  return "";
}

std::string complete_form_fields(json& fields) {
  if (!fields.is_array()) return " is not an array";
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (const auto fault = complete_form_field(fields[i]); !fault.empty())
      return "/" + std::to_string(i) + fault;
  return "";
}

}  // namespace vault_mock::vault
