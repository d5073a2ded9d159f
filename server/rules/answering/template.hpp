// Placeholders in the strings of a rule's answer: "{{consumer_id}} is over its limit".
//
//   1. {{consumer_id}} {{app_id}} {{operation}} {{method}} {{path}} {{space}} {{request_id}}: of the request.
//   2. {{now}} is the time of the space's clock (ISO 8601), {{uuid}} a new UUID for each placeholder.
//   3. {{count}} is how often the rule has matched, including this time: 1, 2, …
//   4. {{headers.NAME}} and {{query.NAME}} are a header and a (decoded) query parameter.
//   5. {{/json/pointer}} is a value of the request body: in a text a string as it is, anything else as JSON.
//   6. In JSON, a string that is one placeholder and nothing else renders as the value itself: a number, an
//      object or null as the request has it, {{count}} a number. {{text /a}} renders as a text there, too.
//   7. A missing value renders as an empty text, and as null where 6 holds. Spaces inside the braces are
//      ignored. \{{ renders as {{.
//   8. There are at most 100 placeholders. A text is cut after 16 KiB, and all values of an answer together
//      after 1 MiB; a value that is not a text cannot be cut, and one that is too long is null.
//
// Immutable after compile(), and safe to use from many threads.
#pragma once

#include <cstdint>
#include <optional>
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

  // What a JSON text renders as where all of it is one placeholder.
  enum class Alone { value, text };

  // Compiles a JSON text, which must be valid, and keeps the order of its keys. Placeholders work in all its
  // strings; values are escaped, so that the result is JSON again.
  static tl::expected<Template, Error> compile_json(std::string_view json, Alone alone = Alone::value);

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
    std::string text = {};                 // the literal, or the name of a header or parameter
    std::vector<std::string> tokens = {};  // of the body pointer
    bool is_value = false;                 // it stands for a JSON value, not for a text or a part of one
  };

  enum class Escape { none, json };

  tl::expected<void, Error> append(std::string_view text, Escape escape);
  static tl::expected<Piece, Error> placeholder(std::string_view words);
  static tl::expected<Piece, Error> named_placeholder(std::string_view word);
  static std::optional<std::string> text_of(const Piece& piece, const Input& input);  // nullopt: missing
  static std::string json_of(const Piece& piece, const Input& input);
  void add_literal(std::string_view text);
  tl::expected<void, Error> add_placeholder(Piece piece);
  tl::expected<void, Error> append_json_string(std::string_view string, bool may_be_value);

  std::vector<Piece> pieces_;
  Escape escape_ = Escape::none;
};

}  // namespace vault_mock::rules
