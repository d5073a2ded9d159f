// One request as the engine sees it: views into what the socket brought, valid during answer().
#pragma once

#include <span>
#include <string_view>

#include "contract/contract.hpp"
#include "text/headers.hpp"

namespace vault_mock::engine {

struct ApiRequest {
  std::string_view method;
  std::string_view path;   // without the space's prefix, percent-encoded as it came, without the query
  std::string_view query;  // without '?'
  std::span<const text::HeaderView> headers;
  std::string_view body;
  std::string_view base_url;  // where links lead: scheme, authority and the space's prefix, no trailing slash
};

}  // namespace vault_mock::engine
