#include "rules/matching/field_value.hpp"

#include <cstdlib>

#include "text/json/json_document.hpp"
#include "text/shortened.hpp"

namespace vault_mock::rules {
namespace {

constexpr std::size_t kLongestShown = 80;

}  // namespace

std::optional<double> Value::number() const {
  if (const auto* value = json()) {
    if (value->is_number()) return value->get<double>();
    return std::nullopt;
  }
  const auto text = this->text();
  if (!text || text->empty() || text->size() > 40) return std::nullopt;
  const std::string digits(*text);
  if (digits.find_first_not_of("0123456789+-.eE") != digits.npos) return std::nullopt;
  char* end = nullptr;
  const double number = std::strtod(digits.c_str(), &end);
  if (*end != '\0') return std::nullopt;
  return number;
}

std::string Value::shown() const {
  if (missing()) return "missing";
  if (const auto* value = json()) return rules::shown(*value);
  return "'" + text::shortened(*text(), kLongestShown) + "'";
}

std::string shown(const nlohmann::json& value) { return text::shortened(text::dump(value), kLongestShown); }

}  // namespace vault_mock::rules
