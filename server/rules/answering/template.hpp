// Placeholders in the strings of a rule's answer: "{{consumer_id}} is over its limit".
//
//   1. {{consumer_id}} {{app_id}} {{operation}} {{method}} {{path}} {{space}} {{request_id}}: of the request.
//   2. {{now}} is the time of the space's clock (ISO 8601), {{uuid}} a new UUID for each placeholder.
//   3. {{count}} is how often the rule has matched, including this time: 1, 2, …
//   4. {{headers.NAME}} and {{query.NAME}} are a header and a (decoded) query parameter.
//   5. {{/json/pointer}} is a value of the request body: a string as it is, anything else as JSON.
//   6. A missing value renders as an empty string. Spaces inside the braces are ignored. \{{ renders as {{.
//   7. A string has at most 100 placeholders. A value is cut after 16 KiB, and all values of an answer
//      together after 1 MiB.
//
// Immutable after compile(), and safe to use from many threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "rules/answering/dice.hpp"
#include "rules/matching/request_view.hpp"

namespace vault_mock::rules {

class Template {
 public:
  struct Error {
    std::string message;
    std::string suggestion;  // the placeholder that was probably meant, or empty
  };

  struct Input {
    const RequestView& request;
    std::uint64_t count;
    const Dice& dice;
    // How many bytes of values may still be filled in; render() reduces it. nullptr: no limit.
    std::size_t* room = nullptr;
  };

  Template() = default;

  // Compiles a plain text. Values are inserted as they are.
  static tl::expected<Template, Error> compile(std::string_view text);

  // Compiles a JSON text, which must be valid, and keeps the order of its keys. Placeholders work in all its
  // strings; values are escaped, so that the result is JSON again.
  static tl::expected<Template, Error> compile_json(std::string_view json);

  std::string render(const Input& input) const;

  bool uses_count() const;

 private:
  enum class Source {
    literal,
    consumer_id,
    app_id,
    operation,
    method,
    path,
    space,
    request_id,
    now,
    uuid,
    count,
    header,
    query,
    body
  };

  struct Piece {
    Source source = Source::literal;
    std::string text;                 // the literal, or the name of a header or parameter
    std::vector<std::string> tokens;  // of the body pointer
  };

  enum class Escape { none, json };

  tl::expected<void, Error> append(std::string_view text, Escape escape);
  static tl::expected<Piece, Error> placeholder(std::string_view words);
  static std::string value_of(const Piece& piece, const Input& input);
  void add_literal(std::string_view text);

  std::vector<Piece> pieces_;
  Escape escape_ = Escape::none;
};

}  // namespace vault_mock::rules
