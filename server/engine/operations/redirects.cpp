#include "engine/operations/redirects.hpp"

#include <algorithm>
#include <array>

#include "text/ascii.hpp"

namespace vault_mock::engine {
namespace {

constexpr auto kUnsafe =
    std::to_array<std::string_view>({"javascript", "data", "vbscript", "blob", "file", "about", "view-source",
                                     "filesystem", "feed", "jar", "intent", "ws", "wss"});

bool is_scheme(std::string_view scheme) {
  return !scheme.empty() && text::is_alpha(scheme.front()) && std::ranges::all_of(scheme, [](char c) {
    return text::is_alpha(c) || text::is_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

constexpr std::string_view kVendorsCallback = "https://vault.apideck.com/oauth/callback";

}  // namespace

std::span<const std::string_view> unsafe_schemes() { return kUnsafe; }

// A control character or blank before the colon makes it no scheme, so browsers' leniency ("java\nscript:")
// is no way around the list.
bool is_safe_redirect(std::string_view uri) {
  const auto colon = uri.find(':');
  if (colon == uri.npos) return false;
  const auto scheme = text::lower(uri.substr(0, colon));
  if (!is_scheme(scheme) || std::ranges::find(kUnsafe, scheme) != kUnsafe.end()) return false;
  if (scheme == "http" || scheme == "https") return uri.substr(colon, 3) == "://" && uri.size() > colon + 3;
  return uri.size() > colon + 1;
}

bool is_vendors_callback(std::string_view uri) {
  if (!uri.starts_with(kVendorsCallback)) return false;
  uri.remove_prefix(kVendorsCallback.size());
  return uri.empty() || uri.front() == '?' || uri.front() == '#';
}

bool is_way_back(std::string_view uri) {
  return uri.empty() || is_vendors_callback(uri) || is_safe_redirect(uri);
}

std::string landing_page(std::string_view uri) {
  return std::string("/oauth/callback").append(uri.substr(std::min(kVendorsCallback.size(), uri.size())));
}

std::string with_fragment(std::string_view uri, std::string_view fragment) {
  return std::string(uri.substr(0, uri.find('#'))).append("#").append(fragment);
}

std::string with_query(std::string_view uri, std::string_view name, std::string_view value) {
  const auto hash = std::min(uri.find('#'), uri.size());
  std::string result(uri.substr(0, hash));
  result += result.find('?') == result.npos ? '?' : '&';
  return result.append(name).append("=").append(value).append(uri.substr(hash));
}

}  // namespace vault_mock::engine
