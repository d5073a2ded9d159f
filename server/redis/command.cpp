#include "redis/command.hpp"

namespace vault_mock::redis {

std::string encoded(std::span<const std::string> words) {
  std::size_t size = 16;
  for (const auto& word : words) size += word.size() + 16;
  std::string bytes;
  bytes.reserve(size);
  bytes += '*' + std::to_string(words.size()) + "\r\n";
  for (const auto& word : words) {
    bytes += '$' + std::to_string(word.size()) + "\r\n";
    bytes += word;
    bytes += "\r\n";
  }
  return bytes;
}

}  // namespace vault_mock::redis
