#include "engine/steps/magic_id.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "text/ascii.hpp"

namespace vault_mock::engine {
namespace {

constexpr std::string_view kError = "error";
// Of fixtures/defaults.json.
constexpr std::array<std::string_view, 3> kWords = {"flaky", "slow", "expired"};

// In lower case, without what people put between words.
std::string folded(std::string_view id) {
  auto result = text::lower(id);
  std::erase_if(result, [](char c) { return c == '-' || c == '_' || c == ' ' || c == ':' || c == '.'; });
  return result;
}

std::string advice(std::string_view id, const std::string& meant, std::string_view what) {
  return std::string("consumer id '")
      .append(id)
      .append("' has no special meaning; did you mean '")
      .append(meant)
      .append("' (")
      .append(what)
      .append(")?");
}

}  // namespace

std::optional<int> magic_status(std::string_view consumer_id) {
  constexpr std::string_view kPrefix = "error-";
  if (!consumer_id.starts_with(kPrefix)) return std::nullopt;
  const auto digits = consumer_id.substr(kPrefix.size());
  if (digits.size() != 3 || !std::ranges::all_of(digits, text::is_digit)) return std::nullopt;
  int status = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), status);
  return status >= 400 && status <= 599 ? std::optional(status) : std::nullopt;
}

std::string magic_advice(std::string_view consumer_id) {
  if (consumer_id.size() > 32 || magic_status(consumer_id)) return "";
  const auto plain = folded(consumer_id);
  if (plain.starts_with(kError) && plain.size() == kError.size() + 3 &&
      std::ranges::all_of(plain.substr(kError.size()), text::is_digit)) {
    const auto meant = "error-" + plain.substr(kError.size());
    if (magic_status(meant)) return advice(consumer_id, meant, "answers with that error");
    return "consumer id '" + std::string(consumer_id) +
           "' has no special meaning; 'error-STATUS' takes a status from 400 to 599";
  }
  for (const auto word : kWords)
    if (plain == word && consumer_id != word)
      return advice(consumer_id, std::string(word), "has a default rule");
  return "";
}

}  // namespace vault_mock::engine
