#include "net/request/request_target.hpp"

#include <algorithm>

#include "net/request/host.hpp"
#include "text/ascii.hpp"
#include "text/character_set.hpp"
#include "text/hex.hpp"

namespace vault_mock::net {
namespace {

constexpr auto kTargetCharacters = text::kVisibleAscii.without("\"<>#");

bool has_whole_escapes(std::string_view path) {
  for (auto at = path.find('%'); at != path.npos; at = path.find('%', at + 1))
    if (at + 2 >= path.size() || !text::is_hex_digit(path[at + 1]) || !text::is_hex_digit(path[at + 2]))
      return false;
  return true;
}

tl::unexpected<Refusal> refused(std::string_view reason) { return tl::unexpected(Refusal{400, reason}); }

// What follows "http://".
tl::expected<RequestTarget, Refusal> read_whole_url(std::string_view method, std::string_view rest) {
  const auto end = std::min(rest.find_first_of("/?"), rest.size());
  RequestTarget result{.path_and_query = rest.substr(end), .authority = rest.substr(0, end)};
  if (result.authority.find('@') != result.authority.npos)
    return refused("the URL in the request line has a user name: leave out what stands before the @");
  if (!is_host(result.authority))
    return refused("the URL in the request line does not name a valid host and port");
  if (result.path_and_query.empty()) result.path_and_query = method == "OPTIONS" ? "*" : "/";
  return result;
}

}  // namespace

tl::expected<RequestTarget, Refusal> read_request_target(std::string_view method, std::string_view target) {
  if (!kTargetCharacters.contains_all(target))
    return refused(
        target.find('#') != target.npos
            ? "the request target has a fragment: leave it out, or write # as %23"
            : "the request target has a character that must be percent-encoded: a blank, a control "
              "character, \", <, > or one beyond ASCII");
  if (!has_whole_escapes(target.substr(0, target.find('?'))))
    return refused("in the path, a % is not followed by two hexadecimal digits: write % as %25");
  if (target.starts_with('/')) return RequestTarget{.path_and_query = target, .authority = {}};
  for (const std::string_view scheme : {"http://", "https://"})
    if (text::equal_ignoring_case(target.substr(0, scheme.size()), scheme))
      return read_whole_url(method, target.substr(scheme.size()));
  if (target == "*" && method == "OPTIONS") return RequestTarget{.path_and_query = target, .authority = {}};
  return refused(
      "the request target must be a path, such as /vault/sessions, or a whole URL of http or https");
}

}  // namespace vault_mock::net
