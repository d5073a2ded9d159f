// A JSON text read at the speed of the request path: one flat array in document order, no memory of its own
// for each value. simdjson reads it (flat_json.cpp is the only file that includes it).
//
// It reads plain texts only. What it does not take is for the exact reader (text/json.hpp), which has the
// words for it: no JSON at all, nested deeper than `kDeepest`, longer than `kLongest`, keys that stand twice,
// integers beyond 64 bits. So a text taken here is one that text::read_json reads to the same values.
//
// Values hold views: into the text's unescaped copy, which lives as long as the FlatJson. One thread at a
// time.
//
// Memory: a reader takes some 14 times the length of its text. Up to three readers stay with their thread for
// the next texts; one that has read more than `kLongestKept` is freed with its FlatJson.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

namespace vault_mock::text {

struct FlatValue {
  enum class Kind : std::uint8_t { null, boolean, integer, unsigned_integer, number, string, array, object };

  Kind kind = Kind::null;
  std::uint32_t size = 1;  // of the value with all that is in it, in values: the next one is that far on
  std::string_view key;    // of the member that it is, else empty
  std::string_view text;   // of a string
  union {
    bool boolean;
    std::int64_t integer;
    std::uint64_t unsigned_integer;
    double number;
  };

  FlatValue() : integer(0) {}
  bool is(Kind other) const { return kind == other; }
};

class FlatJson {
 public:
  static constexpr std::size_t kDeepest = 64;
  static constexpr std::size_t kLongest = 1024 * 1024;     // as long as the server lets a body be
  static constexpr std::size_t kLongestKept = 128 * 1024;  // see above

  FlatJson();
  ~FlatJson();
  FlatJson(const FlatJson&) = delete;
  FlatJson& operator=(const FlatJson&) = delete;

  // False: the text is one for the exact reader.
  bool read(std::string_view text);

  // In document order, the root first; empty until a read() was true.
  std::span<const FlatValue> values() const;

  // A plain text of ours as a tree, at twice nlohmann's speed; throws when it is not plain. Its memory is
  // given back at once.
  static nlohmann::json parse(std::string_view text);

 private:
  struct Reader;
  std::unique_ptr<Reader> reader_;
  bool taken_ = false;
};

// The members of an object, or the elements of an array: for (const FlatValue& value : children_of(object)) …
class FlatChildren {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = FlatValue;
    using difference_type = std::ptrdiff_t;
    using pointer = const FlatValue*;
    using reference = const FlatValue&;

    explicit Iterator(const FlatValue* value) : value_(value) {}
    const FlatValue& operator*() const { return *value_; }
    Iterator& operator++() {
      value_ += value_->size;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const FlatValue* value_;
  };
  explicit FlatChildren(const FlatValue& parent) : parent_(parent) {}
  Iterator begin() const { return Iterator(&parent_ + 1); }
  Iterator end() const { return Iterator(&parent_ + parent_.size); }

 private:
  const FlatValue& parent_;
};
inline FlatChildren children_of(const FlatValue& parent) { return FlatChildren(parent); }

// Null: `value` is no object, or has no such member.
const FlatValue* find_member(const FlatValue* value, std::string_view key);

// The same text without the white space between tokens. It must be one that can be read.
std::string minified(std::string_view text);

// The same value on its own: as a tree, or as a text without white space, members in the order they stand.
nlohmann::json to_json(const FlatValue& value);
std::string dump(const FlatValue& value);

}  // namespace vault_mock::text
