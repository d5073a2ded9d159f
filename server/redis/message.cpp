#include "redis/message.hpp"

#include "text/number.hpp"

namespace vault_mock::redis {

std::string write_message(std::initializer_list<std::string_view> words) {
  std::string message;
  for (const auto word : words) message.append(std::to_string(word.size())).append(1, ':').append(word);
  return message;
}

std::optional<std::vector<std::string>> read_message(std::string_view bytes) {
  std::vector<std::string> words;
  while (!bytes.empty()) {
    const auto colon = bytes.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto length = text::whole_number<std::size_t>(bytes.substr(0, colon));
    bytes.remove_prefix(colon + 1);
    if (!length || *length > bytes.size()) return std::nullopt;
    words.emplace_back(bytes.substr(0, *length));
    bytes.remove_prefix(*length);
  }
  if (words.empty()) return std::nullopt;
  return words;
}

}  // namespace vault_mock::redis
