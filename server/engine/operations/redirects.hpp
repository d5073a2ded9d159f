// Where a browser may be sent. Internal to engine/.
#pragma once

#include <string>
#include <string_view>

namespace vault_mock::engine {

// http, https, or an app's own scheme with an authority or path ("myapp://done"); never one that runs or
// shows what it holds: javascript, data, vbscript, blob, file, about, view-source, filesystem.
bool is_safe_redirect(std::string_view uri);

// The vendor's own landing page, which nobody reaches offline: the mock stands in for it.
bool is_vendors_callback(std::string_view uri);

// Where the mock serves that page, below the root of a space, with what follows in `uri`:
// "/oauth/callback?x=1".
std::string landing_page(std::string_view uri);

// "https://a/b#c" with "d" is "https://a/b#d". `fragment` must be plain.
std::string with_fragment(std::string_view uri, std::string_view fragment);

// "https://a/b?x=1#c" with y=2 is "https://a/b?x=1&y=2#c". `value` must be plain.
std::string with_query(std::string_view uri, std::string_view name, std::string_view value);

}  // namespace vault_mock::engine
