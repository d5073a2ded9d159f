#include "rules/matching/field_value.hpp"

#include <cstdint>
#include <cstdlib>

#include "text/json/json_document.hpp"
#include "text/number.hpp"
#include "text/shortened.hpp"

namespace vault_mock::rules {
namespace {

constexpr std::size_t kLongestShown = 80;

}  // namespace

std::optional<nlohmann::json> FieldValue::number() const {
  if (const auto* value = json()) {
    if (value->is_number()) return *value;
    return std::nullopt;
  }
  const auto written = text();
  if (!written || written->empty() || written->size() > 40) return std::nullopt;
  if (const auto number = text::whole_number<std::int64_t>(*written)) return *number;
  if (const auto number = text::whole_number<std::uint64_t>(*written)) return *number;
  const std::string digits(*written);
  if (digits.find_first_not_of("0123456789+-.eE") != digits.npos) return std::nullopt;
  char* end = nullptr;
  const double number = std::strtod(digits.c_str(), &end);
  if (*end != '\0') return std::nullopt;
  return number;
}

std::string FieldValue::shown() const {
  if (missing()) return "missing";
  if (const auto* value = json()) return rules::shown(*value);
  return rules::shown(nlohmann::json(*text()));
}

std::string shown(const nlohmann::json& value) { return text::shortened(text::dump(value), kLongestShown); }

}  // namespace vault_mock::rules
