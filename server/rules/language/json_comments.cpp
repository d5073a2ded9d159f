#include "rules/language/json_comments.hpp"

#include <algorithm>

#include "text/ascii.hpp"

namespace vault_mock::rules {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kEnding = ".jsonc";

// Behind the string that begins at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\') ++at;
  return std::min(at + 1, text.size());
}

// Behind the comment that begins at `at`; `at`: none begins there, or it is not closed.
std::size_t end_of_comment(std::string_view text, std::size_t at) {
  const auto rest = text.substr(at);
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  const auto close = rest.starts_with("/*") ? text.find("*/", at + 2) : text.npos;
  return close == text.npos ? at : close + 2;
}

}  // namespace

bool may_have_comments(std::string_view file) {
  return file.size() >= kEnding.size() &&
         text::equal_ignoring_case(file.substr(file.size() - kEnding.size()), kEnding);
}

std::string without_comments(std::string_view text) {
  std::string plain(text);
  std::size_t comma = text.npos;  // that nothing but blanks and comments follows so far
  char last = '[';                // before what comes now, without blanks and comments
  for (std::size_t at = 0; at < plain.size();) {
    const char c = plain[at];
    if (const auto end = end_of_comment(plain, at); end > at) {
      const auto from = plain.begin() + static_cast<std::ptrdiff_t>(at);
      std::replace_if(
          from, plain.begin() + static_cast<std::ptrdiff_t>(end), [](char one) { return one != '\n'; }, ' ');
      at = end;
      continue;
    }
    if (kBlanks.find(c) != kBlanks.npos) {
      ++at;
      continue;
    }
    if ((c == ']' || c == '}') && comma != text.npos) plain[comma] = ' ';
    comma = c == ',' && std::string_view("[{,:").find(last) == text.npos ? at : text.npos;
    last = c;
    at = c == '"' ? end_of_string(plain, at) : at + 1;
  }
  return plain;
}

}  // namespace vault_mock::rules
