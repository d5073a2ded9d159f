// Looking through long texts for bytes of a kind.
#pragma once

#include <cstddef>
#include <string_view>

namespace vault_mock::text {

// Whether `is` holds for any byte of the text. `is` takes an unsigned char, and should be comparisons joined
// by & and | alone: there is no way out within sixteen bytes, so that the compiler takes all of them at once.
template <typename Is>
bool any_byte(std::string_view text, const Is& is) {
  constexpr std::size_t kAtOnce = 16;
  std::size_t i = 0;
  for (; i + kAtOnce <= text.size(); i += kAtOnce) {
    unsigned char any = 0;
    for (std::size_t k = 0; k < kAtOnce; ++k)
      any |= static_cast<unsigned char>(is(static_cast<unsigned char>(text[i + k])));
    if (any != 0) return true;
  }
  for (; i < text.size(); ++i)
    if (is(static_cast<unsigned char>(text[i]))) return true;
  return false;
}

}  // namespace vault_mock::text
