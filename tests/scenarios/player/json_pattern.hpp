// JSON as a scenario expects it, with wildcards:
//
//   "…"                     any string; "Missing … id" any with that beginning and end
//   {"a": …}                any value
//   {"a": 1, …}             at least these members
//   ["a", …]                at least these elements, in this order, from the first on
//
// Members may come in any order; everything else is compared exactly.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace vault_mock::scenarios {

// `text` matches `pattern`, in which each "…" stands for any text, none included.
bool matches_wildcards(std::string_view pattern, std::string_view text);

struct Mismatch {
  std::string pointer;  // into the actual value
  int line = 0;         // of the pattern, counted from 0
  std::string words;    // "expected 400, got 401"
};

class JsonPattern {
 public:
  // The error says what is wrong with the pattern.
  static tl::expected<JsonPattern, std::string> read(std::string_view text);

  std::vector<Mismatch> compare(const nlohmann::json& actual) const;

 private:
  JsonPattern(std::string text, nlohmann::json value) : text_(std::move(text)), value_(std::move(value)) {}

  std::string text_;  // JSON, with marks in place of bare "…", line by line as it was written
  nlohmann::json value_;
};

}  // namespace vault_mock::scenarios
