#include "redis/url.hpp"

#include <algorithm>
#include <utility>

#include "text/ascii.hpp"
#include "text/number.hpp"
#include "text/url.hpp"

namespace vault_mock::redis {
namespace {

using Problem = std::string;  // what is wrong; empty: nothing

Problem read_user(std::string_view userinfo, Url& url) {
  const auto colon = userinfo.find(':');
  if (colon == std::string_view::npos)
    return "before the @, there is no colon: write USER:PASSWORD@, or :PASSWORD@ for a password alone";
  const auto user = text::strictly_percent_decoded(userinfo.substr(0, colon));
  const auto password = text::strictly_percent_decoded(userinfo.substr(colon + 1));
  if (!user || !password)
    return "user and password are percent-encoded, and in one of them two hexadecimal digits do not follow a "
           "%: a % itself is %25";
  if (!user->empty() && password->empty()) return "there is a user, but no password";
  url.user = *user;
  url.password = *password;
  return {};
}

bool is_of_host(char c) { return c > ' ' && c < 0x7f && c != '"' && c != '[' && c != ']' && c != '\\'; }

Problem read_host(std::string_view text, Url& url) {
  std::string_view port;
  bool has_port = false;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return "an address that begins with [ ends with ]";
    url.host = text.substr(1, end - 1);
    const auto rest = text.substr(end + 1);
    has_port = rest.starts_with(':');
    if (!rest.empty() && !has_port) return "behind the ] of an address comes :PORT, or nothing";
    if (has_port) port = rest.substr(1);
  } else {
    const auto colon = text.find(':');
    has_port = colon != std::string_view::npos;
    url.host = text.substr(0, colon);
    if (has_port) port = text.substr(colon + 1);
    if (port.find(':') != std::string_view::npos) return "an IPv6 address stands in brackets: [::1]:6379";
  }
  if (url.host.empty()) return "there is no host";
  if (!std::all_of(url.host.begin(), url.host.end(), is_of_host))
    return "the host has a character that no host has";
  if (!has_port) return {};
  const auto number = text::whole_number<std::uint16_t>(port);
  if (!number || *number == 0) return "the port is not a number from 1 to 65535";
  url.port = *number;
  return {};
}

Problem read_database(std::string_view path, Url& url) {
  if (path.empty() || path == "/") return {};
  const auto number = text::whole_number<int>(path.substr(1));
  if (!number || *number < 0) return "behind the host's / comes the number of a database, or nothing";
  url.database = *number;
  return {};
}

Problem read_query(std::string_view query, Url& url) {
  Problem problem;
  text::each_query_pair(query, [&](std::string_view encoded_name, std::string_view encoded_value) {
    const auto name = text::query_decoded(encoded_name);
    const auto value = text::query_decoded(encoded_value);
    if (name != "ca" && name != "verify") {
      problem = "behind the ? come ca=FILE and verify=no, and nothing else";
    } else if (!url.is_tls) {
      problem = name + "= is for TLS: rediss://";
    } else if (name == "ca") {
      url.ca_file = value;
      if (value.empty()) problem = "ca= names the file of the certificates to trust";
    } else if (value == "no") {
      url.is_any_certificate = true;
    } else if (value != "yes") {
      problem = "verify= is yes or no";
    }
    return problem.empty();
  });
  if (const auto name = text::repeated_query_name(query, ""); problem.empty() && name)
    return *name + "= is there more than once";
  if (problem.empty() && url.is_any_certificate && !url.ca_file.empty())
    return "ca= says which certificates to trust, and verify=no that none is looked at: give one of them";
  return problem;
}

Problem read_behind_scheme(std::string_view rest, Url& url) {
  const auto authority = rest.substr(0, rest.find_first_of("/?#"));
  rest.remove_prefix(authority.size());
  // Nothing of the text is repeated in any problem: a password with a / in it would end up anywhere.
  if (rest.find('@') != std::string_view::npos)
    return "there is an @ behind the host. In user and password, / is %2F, ? is %3F, # is %23 and @ is %40; "
           "in "
           "a file's name @ is %40";
  if (rest.find('#') != std::string_view::npos) return "there is a #, which has no meaning here";
  const auto at = authority.rfind('@');
  if (at != std::string_view::npos) {
    if (auto problem = read_user(authority.substr(0, at), url); !problem.empty()) return problem;
  }
  if (auto problem = read_host(authority.substr(at == std::string_view::npos ? 0 : at + 1), url);
      !problem.empty())
    return problem;
  const auto path = rest.substr(0, rest.find('?'));
  if (auto problem = read_database(path, url); !problem.empty()) return problem;
  return read_query(rest.substr(std::min(path.size() + 1, rest.size())), url);
}

}  // namespace

std::string Url::in_words() const {
  std::string words = is_tls ? "rediss://" : "redis://";
  if (!user.empty()) words += text::percent_encoded(user) + '@';
  words += host.find(':') == std::string::npos ? host : '[' + host + ']';
  words += ':' + std::to_string(port);
  if (database != 0) words += '/' + std::to_string(database);
  return words;
}

tl::expected<Url, std::string> read_url(std::string_view text) {
  static constexpr std::string_view kForm =
      "; expected is redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// for TLS";
  Url url;
  constexpr std::string_view kBehindScheme = "://";
  const auto colon = std::min(text.find(kBehindScheme), text.size());
  const auto scheme = colon < text.size() ? text::lower(text.substr(0, colon)) : std::string();
  url.is_tls = scheme == "rediss" || scheme == "valkeys";
  if (!url.is_tls && scheme != "redis" && scheme != "valkey")
    return tl::unexpected(
        "it does not begin with redis:// or rediss:// (Sentinel and Unix sockets are not supported)" +
        std::string(kForm));
  auto problem = read_behind_scheme(text.substr(colon + kBehindScheme.size()), url);
  if (!problem.empty()) return tl::unexpected(problem + std::string(kForm));
  return url;
}

}  // namespace vault_mock::redis
