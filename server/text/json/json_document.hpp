// The exact reader of JSON: bounded depth, duplicate keys noticed, the place of every mistake.
//
// Three readers, and what each is for:
//
//   - read_json (here) makes a JsonDocument: a tree, and what a person should be told. For rule files, the
//     catalogue, bodies of the mock's own API, and whatever is wrong.
//   - FastJson (fast_json.hpp) is faster, takes plain texts only and has no words for mistakes. For our own
//     document of the contract, and as a part of RequestBody.
//   - RequestBody (request_body.hpp) is the body of a request: FastJson at once, the tree when asked for.
//
// For writing:
//
//   - dump and quoted (here) write a tree, or one text, as JSON.
//   - ObjectWriter (json_object.hpp) writes an object member by member, without a tree: for hot paths.
//   - JsonObject (json_object.hpp) is text known to be one object, to be put into another as it is.
//
// Beside them: pointer.hpp (RFC 6901), json_size.hpp (how much memory a tree takes).
#pragma once

#include <concepts>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace vault_mock::text {

// A position in a text, counted from 1; columns count bytes.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;

  friend bool operator==(const Place&, const Place&) = default;
};

Place place_of(std::string_view text, std::size_t offset);

struct JsonError {
  enum class Kind { syntax, too_deep };
  Kind kind = Kind::syntax;
  std::size_t offset = 0;  // of the offending byte
  std::string message;     // what is wrong, without the place: "unexpected '}', expected a string"
};

struct JsonDocument {
  nlohmann::json value;
  std::vector<std::string> duplicate_keys;  // JSON Pointers; the last value of such a key is the one kept
};

// Reads one JSON text (RFC 8259, UTF-8). Never recurses deeper than `max_depth` and never throws for bad
// input.
tl::expected<JsonDocument, JsonError> read_json(std::string_view text, std::size_t max_depth = 64);

// One line, never throwing: bytes that are not UTF-8 come out as U+FFFD.
std::string dump(const nlohmann::json& value);
// A template, so that plain texts and numbers mean the other one.
template <std::same_as<nlohmann::ordered_json> Ordered>
std::string dump(const Ordered& value) {
  return value.dump(-1, ' ', false, Ordered::error_handler_t::replace);
}

// A text as a JSON string. Most texts need no escape and are copied whole.
void append_quoted(std::string& to, std::string_view text);
std::string quoted(std::string_view text);

}  // namespace vault_mock::text
