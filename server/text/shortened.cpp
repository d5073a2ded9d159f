#include "text/shortened.hpp"

#include "text/utf8.hpp"

namespace vault_mock::text {

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  auto tail = text.size() - most / 3;
  while (tail < text.size() && continues_character(text[tail])) ++tail;
  return std::string(first_bytes(text, most - most / 3)).append("…").append(text.substr(tail));
}

}  // namespace vault_mock::text
