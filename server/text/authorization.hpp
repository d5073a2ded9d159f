// The value of an Authorization header, read in one way everywhere.
#pragma once

#include <string_view>

#include "text/ascii.hpp"

namespace vault_mock::text {

struct Authorization {
  std::string_view scheme;      // "Bearer" as it was written, or empty: no other scheme is known here
  std::string_view credential;  // what is behind the scheme, or all of it; empty: there is none
};

// Views into `value`. "Bearer KEY" (the scheme in any case), or the key alone, as the OpenAPI-generated
// JavaScript client sends it. "Bearer" alone has no credential.
constexpr Authorization read_authorization(std::string_view value) {
  constexpr std::string_view kBearer = "bearer";
  value = trim(value);
  const auto scheme = value.substr(0, kBearer.size());
  const auto rest = value.substr(scheme.size());
  if (!equal_ignoring_case(scheme, kBearer) || (!rest.empty() && rest.front() != ' ')) return {{}, value};
  return {scheme, trim(rest)};
}

}  // namespace vault_mock::text
