// The fast reader of JSON (simdjson), for texts on the path of every request and for large texts of ours.
//
// It reads a text into one flat array of values in document order, without an allocation for each value. It
// leaves to the exact reader (json_document.hpp), which can say what is wrong and where: texts that are not
// JSON, that are nested deeper than `kDeepest`, longer than `kLongest`, that have a key twice in one object,
// or an integer beyond 64 bits. Whatever it reads, the exact reader would have read to the same values.
//
// Threads: one at a time. Values hold views into a copy of the text, which lives as long as the FastJson.
//
// Memory: a reader takes some 14 times the length of its text. Up to three readers stay with their thread for
// the next texts; one that has read more than `kLongestKept` is freed with its FastJson.
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

struct FastValue {
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

  FastValue() : integer(0) {}
  bool is(Kind other) const { return kind == other; }
};

class FastJson {
 public:
  static constexpr std::size_t kDeepest = 64;
  static constexpr std::size_t kLongest = std::size_t{1} << 20;        // as long as the server lets a body be
  static constexpr std::size_t kLongestKept = std::size_t{128} << 10;  // see above

  FastJson();
  ~FastJson();
  FastJson(const FastJson&) = delete;
  FastJson& operator=(const FastJson&) = delete;

  // False: the text is one for the exact reader.
  bool read(std::string_view text);

  // In document order, the root first; empty until a read() was true.
  std::span<const FastValue> values() const;

  // A plain text of ours as a tree, at twice nlohmann's speed; throws when it is not plain. Its memory is
  // given back at once.
  static nlohmann::json parse(std::string_view text);

 private:
  struct Reader;
  std::unique_ptr<Reader> reader_;
  bool taken_ = false;
};

// The members of an object, or the elements of an array: for (const FastValue& value : children_of(object)) …
class FastChildren {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = FastValue;
    using difference_type = std::ptrdiff_t;
    using pointer = const FastValue*;
    using reference = const FastValue&;

    explicit Iterator(const FastValue* value) : value_(value) {}
    const FastValue& operator*() const { return *value_; }
    Iterator& operator++() {
      value_ += value_->size;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const FastValue* value_;
  };
  explicit FastChildren(const FastValue& parent) : parent_(parent) {}
  Iterator begin() const { return Iterator(&parent_ + 1); }
  Iterator end() const { return Iterator(&parent_ + parent_.size); }

 private:
  const FastValue& parent_;
};
inline FastChildren children_of(const FastValue& parent) { return FastChildren(parent); }

// Null: `value` is not an object, or has no such member.
const FastValue* find_member(const FastValue* value, std::string_view key);

// The same text without the white space between tokens. It must be one that can be read.
std::string minified(std::string_view text);

// The same value on its own: as a tree, or as a text without white space, members in the order they stand.
nlohmann::json to_json(const FastValue& value);
std::string dump(const FastValue& value);

}  // namespace vault_mock::text
