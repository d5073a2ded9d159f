#include "text/regex.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <re2/re2.h>

#include "text/work.hpp"

namespace vault_mock::text {
namespace {

constexpr std::uint64_t kNanoseconds = 4;  // of a byte and an instruction of the program, at most; measured
constexpr std::size_t kLongestPattern = 1000;  // bytes
constexpr std::int64_t kMemory =
    128 * 1024;  // of RE2, for the program and what a search remembers; beyond, it searches slower

// The number of a \uXXXX at the beginning.
std::optional<std::uint32_t> unicode_escape(std::string_view text) {
  if (text.size() < 6 || !text.starts_with("\\u")) return std::nullopt;
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, code, 16);
  if (error != std::errc{} || end != text.data() + 6) return std::nullopt;
  return code;
}

// JavaScript's spelling -> RE2's.
std::string translated(std::string_view pattern) {
  std::string result;
  while (!pattern.empty()) {
    std::size_t taken = 1;
    if (const auto high = unicode_escape(pattern)) {
      auto code = *high;
      taken = 6;
      const auto low = unicode_escape(pattern.substr(6));
      if (code >= 0xD800 && code < 0xDC00 && low && *low >= 0xDC00 && *low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (*low - 0xDC00);
        taken = 12;
      }
      std::array<char, 8> digits{};
      const auto* end = std::to_chars(digits.data(), digits.data() + digits.size(), code, 16).ptr;
      result.append("\\x{").append(digits.data(), static_cast<std::size_t>(end - digits.data())).append("}");
    } else if (pattern.front() == '\\') {
      taken = std::min<std::size_t>(2, pattern.size());
      result += pattern.substr(0, taken);
    } else if (pattern.starts_with("(?<") && pattern.size() > 3 && pattern[3] != '=' && pattern[3] != '!') {
      result += "(?P<";
      taken = 3;
    } else {
      result += pattern.front();
    }
    pattern.remove_prefix(taken);
  }
  return result;
}

std::string refusal(const RE2& regex) {
  const auto& argument = regex.error_arg();
  const bool back_reference = argument.size() == 2 && argument[0] == '\\' &&
                              ((argument[1] >= '1' && argument[1] <= '9') || argument[1] == 'k');
  const bool look_around = regex.error_code() == RE2::ErrorBadPerlOp || argument.starts_with("(?P<");
  if (regex.error_code() == RE2::ErrorPatternTooLarge)
    return "the pattern needs too much memory: use smaller repetitions";
  if (back_reference) return "RE2 has no back-references: \"" + argument + "\"";
  if (look_around)
    return "RE2 has no look-around: \"" + argument +
           R"(". Combine two matchers instead: {"matches": "bar", "not": {"matches": "^foo"}})";
  return "not a valid regular expression (RE2 syntax): " + regex.error();
}

}  // namespace

tl::expected<Regex, std::string> Regex::compile(const std::string& pattern) {
  if (pattern.size() > kLongestPattern)
    return tl::unexpected("the pattern is longer than " + std::to_string(kLongestPattern) + " bytes");
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemory);
  auto compiled = std::make_shared<const RE2>(translated(pattern), options);
  if (!compiled->ok()) return tl::unexpected(refusal(*compiled));
  return Regex(pattern, std::move(compiled));
}

std::uint64_t Regex::cost(std::string_view text) const {
  return (text.size() + 1) * static_cast<std::uint64_t>(std::max(1, compiled_->ProgramSize()));
}

Regex::Found Regex::search(std::string_view text) const {
  const auto work = cost(text);
  if (work > kMostSearch || work * kNanoseconds > WorkBudget::left()) return Found::too_long;
  WorkBudget::spend(work * kNanoseconds);
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled_) ? Found::yes : Found::no;
}

}  // namespace vault_mock::text
