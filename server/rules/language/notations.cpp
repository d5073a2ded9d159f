#include "rules/language/notations.hpp"

#include <algorithm>

#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"

namespace vault_mock::rules {

std::string pattern_from(std::string_view path) {
  std::string pattern = "^";
  for (std::size_t i = 0; i < path.size(); ++i) {
    const char c = path[i];
    const bool begins = i > 0 && path[i - 1] == '/';
    if (c == '*') {
      pattern += i + 1 == path.size() ? ".*" : "[^/]*";
    } else if ((c == '{' && path.find('}', i) != path.npos) || (c == ':' && begins)) {
      pattern += "[^/]+";
      const auto end = c == '{' ? path.find('}', i) : std::min(path.find('/', i), path.size()) - 1;
      i = end;
    } else {
      if (std::string_view(".+?()[]|^$\\{}").find(c) != std::string_view::npos) pattern += '\\';
      pattern += c;
    }
  }
  return pattern;
}

bool has_wildcard(std::string_view path) {
  return path.find('*') != path.npos || path.find("/:") != path.npos ||
         (path.find('{') != path.npos && path.find('}') != path.npos);
}

std::optional<std::string> pointer_from(std::string_view key) {
  std::string pointer;
  if (key.starts_with("#/")) return std::string(key.substr(1));
  if (key.starts_with('$')) key.remove_prefix(1);
  std::string token;
  const auto flush = [&] {
    if (!token.empty()) pointer += "/" + text::pointer_token(token);
    token.clear();
  };
  for (std::size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    if (c == '*' || c == '?' || c == '@' || key.substr(i).starts_with(".."))
      return std::nullopt;  // many places
    if (c == '[') {
      flush();
      const auto end = key.find(']', i);
      if (end == key.npos) return std::nullopt;
      auto inside = key.substr(i + 1, end - i - 1);
      if (inside.size() >= 2 && (inside.front() == '\'' || inside.front() == '"'))
        inside = inside.substr(1, inside.size() - 2);
      if (inside.empty() || inside == "*" || inside.front() == '?') return std::nullopt;
      pointer += "/" + text::pointer_token(inside);
      i = end;
    } else if (c == '.' || c == '/') {
      flush();
    } else {
      token += c;
    }
  }
  flush();
  return pointer;
}

}  // namespace vault_mock::rules
