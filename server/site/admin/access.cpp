#include "site/admin/access.hpp"

#include <algorithm>

#include "text/ascii.hpp"
#include "text/authorization.hpp"
#include "text/headers.hpp"

namespace vault_mock::site {
namespace {

// "example.com:80" -> "example.com"; "[::1]:80" -> "[::1]".
std::string_view without_port(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

bool is_address(std::string_view host) {
  return host.starts_with('[') || host.find_first_not_of("0123456789.") == host.npos;
}

bool is_trusted(const AdminSettings& settings, std::string_view host) {
  if (host.find('.') == host.npos || is_address(host) || host.ends_with(".localhost")) return true;
  return std::ranges::any_of(settings.hosts,
                             [&](const auto& known) { return text::equal_ignoring_case(known, host); });
}

bool carries_token(const std::string& token, const engine::ApiRequest& request) {
  if (text::find_header(request.headers, "x-mock-admin-token") == token) return true;
  const auto [scheme, credential] =
      text::read_authorization(text::find_header(request.headers, "authorization").value_or(""));
  return !scheme.empty() && credential == token;
}

// Without the path of a URL.
std::string_view without_path(std::string_view url) {
  const auto authority = url.find("://");
  return authority == url.npos ? url : url.substr(0, url.find('/', authority + 3));
}

// Browsers say so of requests without an Origin, too, as of an image or a link. `same-site` is another port
// of this host, and `none` what its user typed. Absent: it is not a browser, or one that does not say, as
// none does by plain http to another machine (see access.hpp).
bool is_of_another_origin(const engine::ApiRequest& request) {
  const auto site = text::find_header(request.headers, "sec-fetch-site").value_or("none");
  return site != "none" && site != "same-origin";
}

}  // namespace

std::optional<std::string_view> allowed_origin(const AdminSettings& settings,
                                               const engine::ApiRequest& request) {
  const auto origin = text::find_header(request.headers, "origin");
  if (!origin) return std::nullopt;
  const auto is_it = [&](const std::string& known) { return text::equal_ignoring_case(known, *origin); };
  return std::ranges::any_of(settings.origins, is_it) ? origin : std::nullopt;
}

std::optional<AccessRefusal> refuse_access(const AdminSettings& settings, const engine::ApiRequest& request,
                                           std::string_view own_origin) {
  const auto host = text::find_header(request.headers, "host").value_or("");
  if (!is_trusted(settings, without_port(host)))
    return AccessRefusal{403, "Refused: the Host '" + std::string(host) +
                                  "' is a name that others could point here. Use an address or localhost, or "
                                  "start with --admin-host " +
                                  std::string(without_port(host))};
  if (!allowed_origin(settings, request)) {
    const auto origin = text::find_header(request.headers, "origin");
    const auto is_own = [&](std::string_view own) { return text::equal_ignoring_case(*origin, own); };
    if (origin && !is_own(own_origin) && !is_own(without_path(request.base_url)))
      return AccessRefusal{
          403, "Refused: this came from a page of " + std::string(*origin) +
                   ", and /_mock/ is not for other sites. Start with --admin-origin to let one in"};
    if (!origin && is_of_another_origin(request))
      return AccessRefusal{403,
                           "Refused: this came from a page of another site, and /_mock/ is not for those. "
                           "Open the address itself"};
  }
  if (settings.token.empty() || request.path == "/_mock/health" || carries_token(settings.token, request))
    return std::nullopt;
  return AccessRefusal{401,
                       "The mock was started with --admin-token: send it as 'Authorization: Bearer <token>' "
                       "or in x-mock-admin-token"};
}

}  // namespace vault_mock::site
