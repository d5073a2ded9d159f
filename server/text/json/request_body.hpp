// The body of one request: read by the fast reader at once, and as a tree of values only when somebody asks.
//
// Most requests are answered without a tree: the fast reading is enough for the contract's pre-check and for
// the session token. Whoever needs a tree (a rule with a condition on the body, the words of a violation)
// gets it from document(), which makes it once. One thread at a time; the text must outlive it.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "text/json/fast_json.hpp"
#include "text/json/json_document.hpp"
#include "text/json/json_object.hpp"

namespace vault_mock::text {

class RequestBody {
 public:
  RequestBody() = default;

  void read(std::string_view text);

  // Nothing has been read, or white space alone.
  bool is_blank() const;
  bool is_json() const { return is_fast_ || document_; }
  // Without values when the text is blank, is not JSON, or is left to the exact reader.
  const FastJson& fast() const { return fast_; }

  // Null: the text is blank, or is not JSON.
  const JsonDocument* document() const;
  const nlohmann::json* value() const {
    const auto* whole = document();
    return whole ? &whole->value : nullptr;
  }
  // A copy of the value that these keys lead to from the root; nothing: there is no such member. Makes no
  // tree of the rest.
  std::optional<nlohmann::json> find(std::initializer_list<std::string_view> keys) const;
  // The object that is the root's member `key`: its text without white space, and where it was read fast, its
  // values, which live as long as this. Nothing: the root has no such member, or it is another kind of value.
  struct Object {
    std::string text;
    const FastValue* values = nullptr;
  };
  std::optional<Object> find_object(std::string_view key) const;
  // The whole text as an object, without the members of these names; nothing: it is blank, broken, or another
  // kind of value. Keys keep their order, unless one of them stood more than once: then the last value
  // counts.
  std::optional<JsonObject> object(std::span<const std::string_view> without = {}) const;

 private:
  std::string_view text_;
  FastJson fast_;
  bool is_fast_ = false;
  mutable std::optional<JsonDocument> document_;
};

}  // namespace vault_mock::text
