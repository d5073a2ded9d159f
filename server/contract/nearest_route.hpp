// The operation that a path without one most likely means: "/vault/session" is near "/vault/sessions".
//
// Paths are compared segment by segment, as words are letter by letter: a segment may be misspelt (text's
// nearest()), stand twice, be missing, or be one too many. What a variable stands for is never guessed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contract/contract.hpp"

namespace vault_mock::contract {

struct NearestRoute {
  std::string method;  // of the operation; the request's own where the path takes it
  std::string path;    // the right spelling, with the values of the request: "/vault/connections/crm/hubspot"
  std::string mistake;  // what is different in the request: "'session' is not 'sessions'"
  std::string before;   // a segment too many before an otherwise right path: "t1" of "/t1/vault/sessions"
};

// Nothing: no operation is near. `path` is as sent, without the query.
std::optional<NearestRoute> nearest_route(const Contract& contract, std::string_view method,
                                          std::string_view path);

}  // namespace vault_mock::contract
