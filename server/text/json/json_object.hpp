// JSON objects as text, put together without being read again.
//
// JsonObject is known to hold one JSON object on one line, each key once. RequestBody makes it of what it
// has read, so that whoever holds one may place its members in another object. ObjectWriter writes an object
// member by member, in the order of the calls. Values: copied freely, no threads involved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace vault_mock::text {

class JsonObject {
 public:
  JsonObject() = default;  // {}

  std::string_view text() const { return text_; }
  // What stands between the braces; empty when there are no members.
  std::string_view members() const { return std::string_view(text_).substr(1, text_.size() - 2); }

 private:
  friend class RequestBody;
  explicit JsonObject(std::string text) : text_(std::move(text)) {}

  std::string text_ = "{}";
};

class ObjectWriter {
 public:
  // Appends to `to`, which must outlive the writer.
  explicit ObjectWriter(std::string& to) : to_(to) { to_ += '{'; }
  ObjectWriter(const ObjectWriter&) = delete;
  ObjectWriter& operator=(const ObjectWriter&) = delete;

  ObjectWriter& members(const JsonObject& object);
  ObjectWriter& string(std::string_view key, std::string_view value);
  // The string of `start` and `end` together. `end` is written as it is: it must need no escape, as a token
  // in base64url.
  ObjectWriter& string_with_plain_end(std::string_view key, std::string_view start, std::string_view end);
  // At most `most` bytes of JSON: a longer value is cut in its middle, and two more members say so,
  // "<key>_truncated": true and "<key>_bytes", its length.
  ObjectWriter& string_within(std::string_view key, std::string_view value, std::size_t most);
  ObjectWriter& number(std::string_view key, std::int64_t value);
  ObjectWriter& boolean(std::string_view key, bool value);
  // `value` is JSON text.
  ObjectWriter& json(std::string_view key, std::string_view value);
  // For a value that is written next, to the same text.
  void key(std::string_view key);
  // The closing brace. Nothing may be written after it.
  void end() { to_ += '}'; }

 private:
  std::string& to_;
  bool empty_ = true;
};

}  // namespace vault_mock::text
