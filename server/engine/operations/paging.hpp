// Lists that come in pages: ?limit and ?cursor in, meta.cursors and links out. Internal to engine/.
//
// Documented: the members, and that links.next leads to the next page. Inferred: the rest of the query stays.
#pragma once

#include <cstdint>

#include "engine/checked_request.hpp"

namespace vault_mock::engine {

// ?limit, which the contract bounds; the documented default is 20.
std::size_t page_limit(const CheckedRequest& request);

// ?cursor, a number that means something to the list alone; 0 without one. Nothing: it cannot be a cursor of
// a list.
std::optional<std::uint64_t> page_cursor(const CheckedRequest& request);
Response unknown_cursor();

// Where the pages around this one start; nothing: there is no such page.
struct Cursors {
  std::optional<std::uint64_t> previous, current, next;
};

// The answer with one page. `data` is an array.
Response list_page(const CheckedRequest& request, const nlohmann::ordered_json& data, const Cursors& cursors);

}  // namespace vault_mock::engine
