// Where a request is addressed to: "/@checkout-17/vault/sessions?x=1" is path and query in the space
// "checkout-17".
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace vault_mock::site {

// Views into what was read, but for the name.
struct Target {
  std::string_view prefix;  // "/@checkout%2D17" as it came, or empty
  std::string space;        // "checkout-17", or "default" without a prefix
  std::string_view path;    // the rest, at least "/"
  std::string_view query;   // without '?'
};

// By which method a request is meant. Documented: who cannot send a DELETE or PATCH sends a POST with the
// query parameter _method. Inferred: any case, and POST alone. Everything goes by the method that is meant,
// with rules, journal and log; the query shows how it came. The mock's own API does not know the parameter.
std::string method_of(std::string_view method, const Target& target);

// Views into `target`, but for a path that it lacks: "?x=1" is "/?x=1". The name in a prefix is
// percent-decoded once: "/@a%2Fb/x" is "/x" in the space "a/b". The error says why it is not the name of a
// space.
tl::expected<Target, std::string> read_target(std::string_view target);

}  // namespace vault_mock::site
