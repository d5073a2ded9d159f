#include "app/terminal/shell_word.hpp"

#include "text/character_set.hpp"

namespace vault_mock::app {

std::string shell_word(std::string_view text) {
  static constexpr auto kPlain = text::kAsciiLettersAndDigits.with("_-./:=,@%+");
  if (!text.empty() && kPlain.contains_all(text)) return std::string(text);
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

}  // namespace vault_mock::app
