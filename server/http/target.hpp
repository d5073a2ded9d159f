// Where a request is addressed to: "/@checkout-17/vault/sessions?x=1" is path and query in the space
// "checkout-17".
#pragma once

#include <string_view>

namespace vault_mock::http {

struct Target {
  std::string_view prefix;  // "/@checkout-17", or empty
  std::string_view space;   // "checkout-17", or "default" without a prefix
  std::string_view path;    // the rest, at least "/"
  std::string_view query;   // without '?'
};

// Views into `target`, but for a path that it lacks: "?x=1" is "/?x=1". A prefix that is no name of a space
// is left in the path.
Target read_target(std::string_view target);

}  // namespace vault_mock::http
