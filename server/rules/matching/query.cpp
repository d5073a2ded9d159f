#include "rules/matching/query.hpp"

#include <charconv>

namespace vault_mock::rules {
namespace {

std::string decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(&text[i + 1], &text[i + 1] + 2, byte, 16).ptr == &text[i + 1] + 2) {
      result += static_cast<char>(byte);
      i += 2;
    } else {
      result += text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

}  // namespace

void each_query_value(std::string_view query, std::string_view name,
                      const std::function<bool(std::string)>& visit) {
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const auto equals = pair.find('=');
    if (decoded(pair.substr(0, equals)) != name) continue;
    if (!visit(equals == pair.npos ? std::string() : decoded(pair.substr(equals + 1)))) return;
  }
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
  std::optional<std::string> found;
  each_query_value(query, name, [&](std::string value) {
    found = std::move(value);
    return false;
  });
  return found;
}

}  // namespace vault_mock::rules
