#include "engine/steps/prefer.hpp"

#include <algorithm>
#include <array>

#include "text/ascii.hpp"
#include "text/headers.hpp"
#include "text/number.hpp"
#include "text/shortened.hpp"

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

void advise(Preferences& preferences, std::string text) {
  constexpr std::size_t kMost = 5;
  if (preferences.advice.size() < kMost) preferences.advice.push_back(std::move(text));
}

void advise_on_value(Preferences& preferences, std::string_view preference) {
  advise(preferences, "'" + text::shortened(preference) +
                          "' cannot be used: code is a status from 200 to 599, wait is 0 to 600 seconds");
}

// "code=402 wait=1" -> "code=402, wait=1": preferences of ours that no comma separates.
// Empty: that is not so.
std::string with_commas(std::string_view preference) {
  constexpr std::string_view kBetween = " \t;";
  std::string result;
  std::size_t words = 0;
  while (!preference.empty()) {
    const auto end = std::min(preference.find_first_of(kBetween), preference.size());
    if (const auto word = preference.substr(0, end); !word.empty()) {
      const auto name = text::lower(word.substr(0, word.find('=')));
      if (name.size() == word.size() || (name != "code" && name != "wait")) return "";
      result.append(words++ == 0 ? "" : ", ").append(word);
    }
    preference.remove_prefix(std::min(end + 1, preference.size()));
  }
  return words > 1 ? result : "";
}

// Of RFC 7240 and of the registry that it made.
bool is_of_others(std::string_view name) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"allow-entityreferences", "callback", "continue-on-error",
                                       "depth-noroot", "handling", "include-annotations", "maxpagesize",
                                       "respond-async", "return", "safe", "track-changes", "transclude"});
  const auto lower = text::lower(name);
  return lower.empty() || lower.starts_with("odata.") || std::ranges::find(kNames, lower) != kNames.end();
}

void read_one(std::string_view preference, Preferences& preferences) {
  if (const auto separated = with_commas(preference); !separated.empty()) {
    advise(preferences, "separate preferences with a comma: " + text::shortened(separated));
    if (preference.find(';') == preference.npos) return;
  }
  preference = preference.substr(0, preference.find(';'));  // parameters of a preference
  const auto equals = std::min(preference.find('='), preference.size());
  const auto name = text::trim(preference.substr(0, equals));
  const auto value = unquoted(text::trim(preference.substr(std::min(equals + 1, preference.size()))));
  if (text::equal_ignoring_case(name, "code")) {
    if (!preferences.code) preferences.code = number_between(200, 599, value);  // the first counts (RFC 7240)
    if (!preferences.code) advise_on_value(preferences, text::trim(preference));
  } else if (text::equal_ignoring_case(name, "wait")) {
    if (const auto seconds = number_between(0, kLongestWait, value)) {
      if (!preferences.wait) preferences.wait = std::chrono::seconds(*seconds);
    } else {
      advise_on_value(preferences, text::trim(preference));
    }
  } else if (!is_of_others(name)) {
    advise(preferences,
           "unknown preference '" + text::shortened(name) + "'; the mock knows code=STATUS and wait=SECONDS");
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
