#include "text/shortened.hpp"

namespace vault_mock::text {
namespace {

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  auto head = most - most / 3;
  auto tail = text.size() - most / 3;
  while (head > 0 && continues_a_character(text[head])) --head;
  while (tail < text.size() && continues_a_character(text[tail])) ++tail;
  return std::string(text.substr(0, head)).append("…").append(text.substr(tail));
}

}  // namespace vault_mock::text
