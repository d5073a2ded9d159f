// A set of bytes, for grammars that allow only some characters. Made at compile time; any thread may ask it.
#pragma once

#include <array>
#include <string_view>

namespace vault_mock::text {

class CharacterSet {
 public:
  // The set of these characters.
  constexpr explicit CharacterSet(std::string_view characters) {
    for (const char c : characters) table_[static_cast<unsigned char>(c)] = true;
  }

  constexpr bool contains(char c) const { return table_[static_cast<unsigned char>(c)]; }

  // Whether every character of the text is in the set; true for an empty text.
  constexpr bool contains_all(std::string_view text) const {
    bool all = true;
    for (const char c : text) all &= contains(c);
    return all;
  }

  constexpr CharacterSet with(std::string_view more) const {
    auto result = *this;
    for (const char c : more) result.table_[static_cast<unsigned char>(c)] = true;
    return result;
  }

  constexpr CharacterSet without(std::string_view fewer) const {
    auto result = *this;
    for (const char c : fewer) result.table_[static_cast<unsigned char>(c)] = false;
    return result;
  }

 private:
  std::array<bool, 256> table_{};
};

inline constexpr CharacterSet kAsciiLettersAndDigits(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

// Printable ASCII without the space.
inline constexpr auto kVisibleAscii = kAsciiLettersAndDigits.with("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

}  // namespace vault_mock::text
