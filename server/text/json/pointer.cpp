#include "text/json/pointer.hpp"

#include "text/number.hpp"

namespace vault_mock::text {

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

std::string pointer_token(std::string_view key) {
  std::string result;
  for (const char c : key) {
    if (c == '~')
      result += "~0";
    else if (c == '/')
      result += "~1";
    else
      result += c;
  }
  return result;
}

const nlohmann::json* follow(const nlohmann::json* root, std::span<const std::string> tokens) {
  for (const auto& token : tokens) {
    if (root == nullptr) return nullptr;
    if (root->is_object()) {
      const auto member = root->find(token);
      root = member == root->end() ? nullptr : &*member;
    } else if (root->is_array()) {
      const auto index = whole_number<std::size_t>(token);
      const bool is_plain = token == "0" || !token.starts_with('0');
      root = index && is_plain && *index < root->size() ? &(*root)[*index] : nullptr;
    } else {
      return nullptr;
    }
  }
  return root;
}

}  // namespace vault_mock::text
