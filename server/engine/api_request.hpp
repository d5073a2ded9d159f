// One request as the engine sees it: views into what the socket brought, valid during answer().
#pragma once

#include <span>
#include <string_view>

#include "contract/contract.hpp"
#include "text/content_coding.hpp"
#include "text/headers.hpp"

namespace vault_mock::engine {

struct ApiRequest {
  std::string_view method;  // that is meant
  std::string_view path;    // without the space's prefix, percent-encoded as it came, without the query
  std::string_view query;   // without '?'
  std::span<const text::HeaderView> headers;  // values in UTF-8
  std::string_view body;                      // without its codings, unless coding_error says why not
  std::string_view base_url;  // where links lead: scheme, authority and the space's prefix, no trailing slash
  const text::CodingError* coding_error = nullptr;  // null: the body is as it was meant
  std::string_view sent_method = {};  // the method on the wire, where another one is meant; empty: the same
  bool is_current = true;  // false: the store of the replicas is away, and others may have changed something
  bool is_kept = true;     // in a journal that can be asked later: the space is not a passing one
};

}  // namespace vault_mock::engine
