// A value of a fixture together with its place: what the readers of rules walk, collecting every mistake on
// their way.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/language/known_names.hpp"
#include "rules/language/mistake.hpp"
#include "rules/language/source_tree.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::rules {

// One text being read: its mistakes so far. At most 100 are kept, and fewer where each shows a very long
// line; a note says so when there are more.
class Reading {
 public:
  // All outlive the reading.
  Reading(std::string_view text, std::string_view file, const KnownNames& names);

  std::string_view text() const { return text_; }
  std::string_view file() const { return file_; }
  const KnownNames& known_names() const { return names_; }
  text::Place place_of(std::size_t offset) const;  // fast, however long the text is

  void add(Severity severity, Span place, std::string pointer, std::string message,
           std::string suggestion = {});
  bool failed() const { return errors_ > 0; }
  std::size_t errors() const { return errors_; }  // so far
  std::vector<Mistake> take();                    // errors and warnings, by place

 private:
  std::string_view text_, file_;
  const KnownNames& names_;
  std::vector<Mistake> mistakes_;
  std::vector<std::size_t> line_starts_;
  std::size_t source_bytes_ = 0;  // of the lines in mistakes_
  std::size_t more_ = 0;
  std::size_t errors_ = 0;
};

class Node {
 public:
  Node(const nlohmann::json& value, const SourceTree& place, Reading& reading, std::string pointer = {})
      : value_(&value), place_(&place), reading_(&reading), pointer_(std::move(pointer)) {}

  const nlohmann::json& value() const { return *value_; }
  const std::string& pointer() const { return pointer_; }
  std::string_view source() const;  // as written
  Span place() const { return place_->value; }
  Span key() const { return place_->key; }
  Span value_start() const;  // all of it, or the bracket of an object or array
  Reading& reading() const { return *reading_; }

  bool has(std::string_view key) const { return value_->is_object() && value_->contains(key); }
  std::optional<Node> member(std::string_view key) const;
  Node at(std::string_view pointer) const;  // below it; where that leads to nothing, as far as it leads
  std::vector<Node> elements() const;       // of an array
  std::vector<std::pair<std::string, Node>> members() const;  // of an object, in the order of the text

  // Notes a mistake at the value, or at its key.
  void refuse(std::string message, std::string suggestion = {}) const;
  void refuse_key(std::string message, std::string suggestion = {}) const;
  void warn(std::string message, std::string suggestion = {}) const;
  void warn_key(std::string message, std::string suggestion = {}) const;

  // Notes "expected WHAT, found …".
  void expected(std::string_view what) const;
  // The same, of a number: one in quotes is told to lose them.
  void expected_number(std::string_view what) const;

  // Whether it is an object; if so, each key that is not among `known` is noted with the one probably meant.
  bool is_object_of(std::span<const std::string> known, std::string_view what) const;

  // The value when it is of that type; else nothing, and the mistake is noted.
  std::optional<std::string> string(std::string_view what) const;
  std::optional<double> number(std::string_view what) const;
  std::optional<std::int64_t> integer(std::int64_t least, std::int64_t most, std::string_view what) const;

  // The index of the string among `words`; else nothing, and the mistake is noted with the word probably
  // meant.
  std::optional<std::size_t> one_of(std::span<const std::string> words) const;

 private:
  std::optional<Node> element(std::string_view index) const;

  const nlohmann::json* value_;
  const SourceTree* place_;
  Reading* reading_;
  std::string pointer_;
};

// "402": a text that is a number.
bool is_quoted_number(const nlohmann::json& value);

// "a", "b" or "c"
std::string listed(std::span<const std::string> words);

// In quotes, as JSON writes it.
std::string in_quotes(std::string_view word);

}  // namespace vault_mock::rules
