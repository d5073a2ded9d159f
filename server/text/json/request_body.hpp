// The JSON text of one request: taken at a glance at once, and read exactly when somebody asks for more.
//
// Most requests are answered without a tree of values: the flat reading is enough for the contract's glance
// and for the token. Whoever needs a tree (a rule with a condition on the body, the words of a violation)
// gets it, once. One thread at a time; the text must outlive it.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "text/json/fast_json.hpp"
#include "text/json/json_document.hpp"
#include "text/json/json_object.hpp"

namespace vault_mock::text {

class JsonText {
 public:
  JsonText() = default;

  void read(std::string_view text);

  // Nothing has been read, or white space alone.
  bool is_blank() const;
  bool is_json() const { return is_flat_ || document_; }
  // Empty values: the text is blank, no JSON, or one for the exact reader.
  const FlatJson& flat() const { return flat_; }

  // Null: blank, or no JSON.
  const JsonDocument* document() const;
  const nlohmann::json* value() const {
    const auto* whole = document();
    return whole ? &whole->value : nullptr;
  }
  // A copy of what these keys lead to from the root; nothing: there is no such member. Makes no tree of the
  // rest.
  std::optional<nlohmann::json> find(std::initializer_list<std::string_view> keys) const;
  // The text of the object that is the root's member `key`, without white space; nothing: there is none, or
  // it is no object.
  std::optional<std::string> find_object(std::string_view key) const;
  // The whole text as an object, without the members of these names; nothing: it is blank, broken, or another
  // kind of value. Keys keep their order, unless one of them stood more than once: then the last value
  // counts.
  std::optional<JsonObject> object(std::span<const std::string_view> without = {}) const;

 private:
  std::string_view text_;
  FlatJson flat_;
  bool is_flat_ = false;
  mutable std::optional<JsonDocument> document_;
};

}  // namespace vault_mock::text
