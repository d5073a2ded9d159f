#include "rules/matching/pointer.hpp"

#include <charconv>

namespace vault_mock::rules {

std::optional<std::vector<std::string>> pointer_tokens(std::string_view pointer) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      tokens.emplace_back();
    } else if (tokens.empty()) {
      return std::nullopt;
    } else if (pointer[i] != '~') {
      tokens.back() += pointer[i];
    } else {
      const char code = ++i < pointer.size() ? pointer[i] : '\0';
      if (code != '0' && code != '1') return std::nullopt;
      tokens.back() += code == '0' ? '~' : '/';
    }
  }
  return tokens;
}

const nlohmann::json* follow(const nlohmann::json* root, const std::vector<std::string>& tokens) {
  for (const auto& token : tokens) {
    if (root == nullptr) return nullptr;
    if (root->is_object()) {
      const auto member = root->find(token);
      root = member == root->end() ? nullptr : &*member;
    } else if (root->is_array()) {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
      const bool whole = error == std::errc{} && end == token.data() + token.size();
      const bool plain = token == "0" || !token.starts_with('0');
      root = whole && plain && index < root->size() ? &(*root)[index] : nullptr;
    } else {
      return nullptr;
    }
  }
  return root;
}

}  // namespace vault_mock::rules
