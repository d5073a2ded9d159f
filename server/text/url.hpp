// Parts of URLs: percent-encoding (RFC 3986, section 2.1) and query strings.
//
// Query strings are read as application/x-www-form-urlencoded, as the WHATWG's URL standard and every browser
// do: pairs are parted by '&', a name and its value by the first '='; in both, '+' is a space and "%2B" a
// plus. A pair without '=' has an empty value, and empty pairs count for nothing.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace vault_mock::text {

// "%20" -> " ", once. A '%' that two hexadecimal digits do not follow stays as it is; so does '+'.
std::string percent_decoded(std::string_view text);

// The same for a text that must be encoded correctly. The error is the first sequence that is not '%' and two
// hexadecimal digits, as it stands in the text, as far as it is visible ASCII: "%zz".
tl::expected<std::string, std::string> strictly_percent_decoded(std::string_view text);

// As one segment of a path: letters, digits and - . _ ~ : stay, everything else is encoded.
std::string percent_encoded(std::string_view text);

// A whole URL, or what goes into one as it is: visible ASCII stays, unless `also` has it. For headers, in
// which a line end would begin another.
std::string percent_encoded_invisible(std::string_view text, std::string_view also = "");

// A name or a value of a query string, decoded.
std::string query_decoded(std::string_view text);

// Whether the name or value `encoded` of a query string is `text` when it is decoded.
bool query_decodes_to(std::string_view encoded, std::string_view text);

// Calls `visit(name, value)` with each pair of a query string, in order, both as they stand in it, until it
// returns false.
template <typename Visit>
void each_query_pair(std::string_view query, const Visit& visit) {
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    if (!pair.empty() && !visit(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size()))))
      return;
  }
}

// Calls `visit(value)` with each value of the parameter `name`, decoded, in order, until it returns false.
template <typename Visit>
void each_query_value(std::string_view query, std::string_view name, const Visit& visit) {
  each_query_pair(query, [&](std::string_view encoded_name, std::string_view encoded_value) {
    return !query_decodes_to(encoded_name, name) || visit(query_decoded(encoded_value));
  });
}

// The first value of the parameter `name`, decoded; nothing: the query has no such parameter.
std::optional<std::string> query_value(std::string_view query, std::string_view name);

// The first parameter, decoded, that the query has more than once, which `repeatable` may be; or nothing.
std::optional<std::string> repeated_query_name(std::string_view query, std::string_view repeatable);

}  // namespace vault_mock::text
