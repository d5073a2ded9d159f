// Lists that come in pages: ?limit and ?cursor in, meta.cursors out. Internal to engine/.
#pragma once

#include <cstdint>

#include "engine/checked_request.hpp"

namespace vault_mock::engine {

// The contract bounds it. Documented default: 20.
std::size_t page_limit(const CheckedRequest& request);

// A cursor is a number of the list's own; 0 without one. Nothing: the cursor is none that the list handed
// out.
std::optional<std::uint64_t> page_cursor(const CheckedRequest& request);
Response unknown_cursor();

// Where the pages around this one start; nothing: there is no such page.
struct Cursors {
  std::optional<std::uint64_t> previous, current, next;
};

// `data` is an array.
Response list_page(const CheckedRequest& request, const nlohmann::ordered_json& data, const Cursors& cursors);

}  // namespace vault_mock::engine
