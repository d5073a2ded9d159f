// Where a browser may be sent. Internal to engine/.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace vault_mock::engine {

// Schemes that run or show what they hold, or start what is installed; in lower case. The pages have the same
// list.
std::span<const std::string_view> unsafe_schemes();

// http, https, or an app's own scheme with an authority or path ("myapp://done"); never an unsafe one.
bool is_safe_redirect(std::string_view uri);

// The vendor's own landing page, which nobody reaches offline: the mock stands in for it.
bool is_vendors_callback(std::string_view uri);

// Where an authorization may lead back to: a safe redirect, or that landing page, for which an empty one
// stands too.
bool is_way_back(std::string_view uri);
constexpr std::string_view kNoWayBack =
    "The redirect_uri is neither an http(s) address nor one of an app's own scheme";

// Where the mock serves that page, below the root of a space, with what follows in `uri`:
// "/oauth/callback?x=1".
std::string landing_page(std::string_view uri);

// "https://a/b#c" with "d" is "https://a/b#d". `fragment` must be plain.
std::string with_fragment(std::string_view uri, std::string_view fragment);

// "https://a/b?x=1#c" with y=2 is "https://a/b?x=1&y=2#c". `value` must be plain.
std::string with_query(std::string_view uri, std::string_view name, std::string_view value);

}  // namespace vault_mock::engine
