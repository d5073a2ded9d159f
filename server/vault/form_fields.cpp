#include "vault/form_fields.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/json/json_document.hpp"
#include "text/json/string_member.hpp"

namespace vault_mock::vault {
namespace {

using nlohmann::json;
using Is = MemberType::Is;

constexpr auto kTypes = std::to_array<std::string_view>(
    {"text", "textarea", "number", "checkbox", "email", "url", "tel", "select", "filtered-select",
     "multi-select", "date", "time", "datetime", "password"});
constexpr auto kOptionTypes = std::to_array<std::string_view>({"simple", "group"});

constexpr MemberType kField[] = {{"id", Is::text, true},
                                 {"label", Is::text},
                                 {"type", Is::text, false, kTypes},
                                 {"placeholder", Is::text_or_null},
                                 {"description", Is::text_or_null},
                                 {"prefix", Is::text_or_null},
                                 {"suffix", Is::text_or_null},
                                 {"required", Is::flag},
                                 {"custom_field", Is::flag},
                                 {"disabled", Is::flag_or_null},
                                 {"hidden", Is::flag_or_null},
                                 {"deprecated", Is::flag_or_null},
                                 {"sensitive", Is::flag_or_null},
                                 {"allow_custom_values", Is::flag},
                                 {"options", Is::list}};

constexpr MemberType kOption[] = {
    {"label", Is::text, true}, {"value", Is::anything}, {"option_type", Is::text, false, kOptionTypes}};

constexpr MemberType kGroup[] = {{"label", Is::text, true},
                                 {"id", Is::text},
                                 {"option_type", Is::text, false, kOptionTypes},
                                 {"options", Is::list}};

void check_option(const json& option, const std::string& pointer, bool is_in_group,
                  CatalogueMistakes& mistakes) {
  const bool is_group = option.is_object() && option.contains("options");
  if (!(is_group ? check_members(option, kGroup, "a group of options", pointer, mistakes)
                 : check_members(option, kOption, "an option", pointer, mistakes)))
    return;
  const auto type = text::string_member(option, "option_type");
  if (is_group && type == "simple")
    note(mistakes, {pointer, R"(an option with "options" is of the option_type "group", found "simple")"});
  else if (!is_group && type == "group")
    note(mistakes, {pointer, R"(missing "options" in a group of options)"});
  if (is_group && is_in_group) {
    note(mistakes, {pointer, "this is a group within a group"});
  } else if (is_group) {
    each_of(option, "options", pointer,
            [&](const json& inner, const std::string& place) { check_option(inner, place, true, mistakes); });
  } else if (const auto value = option.find("value"); value != option.end() && !is_field_value(*value)) {
    note(mistakes,
         {pointer + "/value", R"("value" must be a text, number, boolean, or a list of texts and numbers)"});
  }
}

bool is_select(std::string_view type) {
  return type == "select" || type == "filtered-select" || type == "multi-select";
}

void check_form_field(const json& field, const std::string& pointer, CatalogueMistakes& mistakes) {
  if (!check_members(field, kField, "a form field", pointer, mistakes)) return;
  each_of(field, "options", pointer, [&](const json& option, const std::string& place) {
    check_option(option, place, false, mistakes);
  });
  const auto type = text::string_member(field, "type");
  if (is_select(type) && field.value("options", json()).empty() &&
      field.value("allow_custom_values", json()) != true)
    note(mistakes, {pointer, "missing \"options\" in a form field of the type " + text::quoted(type) +
                                 ": nothing could be selected"});
}

void complete_options(json& options) {
  for (auto& option : options) {
    const bool is_group = option.contains("options");
    if (!option.contains("option_type")) option["option_type"] = is_group ? "group" : "simple";
    if (is_group) complete_options(option["options"]);
  }
}

}  // namespace

bool is_field_value(const json& value) {
  if (value.is_string() || value.is_number() || value.is_boolean()) return true;
  return value.is_array() && std::ranges::all_of(value, [](const json& element) {
           return element.is_string() || element.is_number();
         });
}

void check_form_fields(const json& fields, const std::string& pointer, CatalogueMistakes& mistakes) {
  if (!fields.is_array()) return;  // what holds them says so
  for (std::size_t i = 0; i < fields.size(); ++i)
    check_form_field(fields[i], pointer + "/" + std::to_string(i), mistakes);
  check_unique(fields, "id", pointer, mistakes);
}

void complete_form_fields(json& fields) {
  for (auto& field : fields)
    if (const auto options = field.find("options"); options != field.end()) complete_options(*options);
}

}  // namespace vault_mock::vault
