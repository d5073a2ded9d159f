#include "app/cli/raw_request.hpp"

#include <algorithm>

#include "text/ascii.hpp"

namespace vault_mock::app {
namespace {

// Takes the next line off the text, without its end.
std::string_view next_line(std::string_view& text) {
  const auto end = text.find('\n');
  auto line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// "https://unify.apideck.com/vault/sessions" is the target "/vault/sessions".
std::string path_of(std::string_view target) {
  if (const auto scheme = target.find("://"); scheme != target.npos && !target.starts_with('/')) {
    target = target.substr(std::min(target.find_first_of("/?", scheme + 3), target.size()));
    if (!target.starts_with('/')) return "/" + std::string(target);
  }
  return std::string(target);
}

}  // namespace

tl::expected<RawRequest, std::string> read_raw_request(std::string_view text) {
  RawRequest request;
  const auto first = text::trim(next_line(text));
  const auto space = first.find(' ');
  if (space == first.npos)
    return tl::unexpected("line 1: expected a method and a path, such as POST /vault/sessions, found '" +
                          std::string(first) + "'");
  request.method = first.substr(0, space);
  auto target = text::trim(first.substr(space));
  if (const auto version = target.rfind(" HTTP/"); version != target.npos)
    target = text::trim(target.substr(0, version));
  request.target = path_of(target);
  if (!request.target.starts_with('/'))
    return tl::unexpected("line 1: expected a path that starts with /, found '" + request.target + "'");

  for (int number = 2; !text.empty(); ++number) {
    const auto line = next_line(text);
    if (line.empty()) break;
    const auto colon = line.find(':');
    const auto name = text::trim(line.substr(0, colon));
    if (colon == line.npos || name.empty())
      return tl::unexpected("line " + std::to_string(number) +
                            ": expected a header, such as x-apideck-app-id: app, found '" +
                            std::string(line) + "'");
    request.headers.emplace_back(name, text::trim(line.substr(colon + 1)));
  }
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  request.body = text;
  return request;
}

}  // namespace vault_mock::app
