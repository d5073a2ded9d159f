// A JSON value of a rule file together with its place in the text. The read_*.hpp functions walk these.
//
// A view: the JSON value, the tree of places and the Diagnostics outlive it. No member throws. Whatever is
// not as expected is added to the Diagnostics, with the value's place, and reading goes on, so that one run
// reports every mistake of a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/language/diagnostics.hpp"
#include "rules/language/source_tree.hpp"

namespace vault_mock::rules {

class SourceValue {
 public:
  SourceValue(const nlohmann::json& value, const SourceTree& place, Diagnostics& diagnostics,
              std::string pointer = {})
      : value_(&value), place_(&place), diagnostics_(&diagnostics), pointer_(std::move(pointer)) {}

  const nlohmann::json& value() const { return *value_; }
  const std::string& pointer() const { return pointer_; }
  std::string_view written() const;  // its text, as it is in the file
  Span place() const { return place_->value; }
  Span key() const { return place_->key; }
  Span value_start() const;  // all of it, or the bracket of an object or array
  Diagnostics& diagnostics() const { return *diagnostics_; }

  bool has(std::string_view key) const { return value_->is_object() && value_->contains(key); }
  std::optional<SourceValue> member(std::string_view key) const;
  std::vector<SourceValue> elements() const;                         // of an array
  std::vector<std::pair<std::string, SourceValue>> members() const;  // of an object, in the order of the text
  // The value at a JSON Pointer below this one, or the last value on the way that exists.
  SourceValue at(std::string_view pointer) const;

  // Adds an error (refuse) or a warning (warn), placed at the value or at its key.
  void refuse(std::string message, std::string suggestion = {}) const;
  void refuse_key(std::string message, std::string suggestion = {}) const;
  void warn(std::string message, std::string suggestion = {}) const;
  void warn_key(std::string message, std::string suggestion = {}) const;

  // What is there, in words: "an object", "an array", or the value; with the advice to remove them where a
  // number is in quotes.
  std::string found() const;

  // Adds the error "expected WHAT, found …".
  void expected(std::string_view what) const;
  // The same for a number; a number in quotes gets the advice to remove them.
  void expected_number(std::string_view what) const;

  // Whether it is an object. Adds an error for each key that is not `known`, with the nearest known one.
  bool is_object_of(std::span<const std::string> known, std::string_view what) const;

  // The value if it has that type; otherwise nullopt, and an error "expected WHAT, found …".
  std::optional<std::string> string(std::string_view what) const;
  std::optional<double> number(std::string_view what) const;
  std::optional<std::int64_t> integer(std::int64_t least, std::int64_t most, std::string_view what) const;

  // The whole number between them, without an error.
  std::optional<std::int64_t> whole_number(std::int64_t least, std::int64_t most) const;

  // The index of the string among `words`; otherwise nullopt, and an error with the nearest word.
  std::optional<std::size_t> one_of(std::span<const std::string> words) const;

 private:
  std::optional<SourceValue> element(std::string_view index) const;

  const nlohmann::json* value_;
  const SourceTree* place_;
  Diagnostics* diagnostics_;
  std::string pointer_;
};

// Whether it is a string that holds a number: "402".
bool is_quoted_number(const nlohmann::json& value);

// "a", "b" or "c"
std::string listed(std::span<const std::string> words);

// As a JSON string, in double quotes.
std::string in_quotes(std::string_view word);

}  // namespace vault_mock::rules
