// A regular expression that cannot be slow: RE2's syntax, whose time grows with the text and never explodes.
//
//   1. No look-around and no back-references: compile() names them.
//   2. What RE2 spells differently from JavaScript is translated: \u00e9 and (?<name>…).
//   3. The pattern is bounded (1,000 bytes, and RE2's memory), and so is the work of one search: bytes of the
//      text times the size of the program, at most kMostSearch. Beyond, search() says "too long" instead of
//      searching.
//
// Immutable and safe to share between threads. Copies share the compiled form.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace re2 {
class RE2;
}

namespace vault_mock::text {

class Regex {
 public:
  enum class Found { yes, no, too_long };
  static constexpr std::uint64_t kMostSearch = 50'000'000;  // at most a fifth of a second, measured

  // The error says what is wrong with the pattern.
  static tl::expected<Regex, std::string> compile(const std::string& pattern);

  // Whether it fits somewhere in the text.
  Found search(std::string_view text) const;
  // What that costs, compared with kMostSearch.
  std::uint64_t cost(std::string_view text) const;

  const std::string& pattern() const { return pattern_; }  // as written

  // True only when both find the same.
  friend bool operator==(const Regex& a, const Regex& b) { return a.pattern_ == b.pattern_; }

 private:
  Regex(std::string pattern, std::shared_ptr<const re2::RE2> compiled)
      : pattern_(std::move(pattern)), compiled_(std::move(compiled)) {}

  std::string pattern_;
  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace vault_mock::text
