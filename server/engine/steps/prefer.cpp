#include "engine/steps/prefer.hpp"

#include <algorithm>

#include "text/ascii.hpp"
#include "text/headers.hpp"
#include "text/number.hpp"

namespace vault_mock::engine {
namespace {

constexpr int kLongestWait = 600;

std::optional<int> number_between(int least, int most, std::string_view text) {
  const auto number = text::whole_number<int>(text);
  return number && *number >= least && *number <= most ? number : std::nullopt;
}

std::string_view unquoted(std::string_view value) {
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
    return value.substr(1, value.size() - 2);
  return value;
}

void read_one(std::string_view preference, Preferences& preferences) {
  preference = preference.substr(0, preference.find(';'));  // parameters of a preference
  const auto equals = std::min(preference.find('='), preference.size());
  const auto name = text::trim(preference.substr(0, equals));
  const auto value = unquoted(text::trim(preference.substr(std::min(equals + 1, preference.size()))));
  if (text::equal_ignoring_case(name, "code")) {
    if (!preferences.code) preferences.code = number_between(200, 599, value);  // the first counts (RFC 7240)
    if (!preferences.code) preferences.unreadable.emplace_back(text::trim(preference));
  } else if (text::equal_ignoring_case(name, "wait")) {
    if (const auto seconds = number_between(0, kLongestWait, value)) {
      if (!preferences.wait) preferences.wait = std::chrono::seconds(*seconds);
    } else {
      preferences.unreadable.emplace_back(text::trim(preference));
    }
  }
}

}  // namespace

std::string Preferences::applied() const {
  std::string result;
  if (code) result = "code=" + std::to_string(*code);
  if (wait) result += (result.empty() ? "wait=" : ", wait=") + std::to_string(wait->count());
  return result;
}

Preferences read_preferences(std::span<const text::HeaderView> headers) {
  Preferences preferences;
  for (auto [name, value] : headers) {
    if (!text::equal_ignoring_case(name, "prefer")) continue;
    while (!value.empty()) {
      const auto end = std::min(value.find(','), value.size());
      read_one(value.substr(0, end), preferences);
      value.remove_prefix(std::min(end + 1, value.size()));
    }
  }
  return preferences;
}

}  // namespace vault_mock::engine
