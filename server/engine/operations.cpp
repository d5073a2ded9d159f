#include "engine/operations.hpp"

#include <algorithm>
#include <array>

namespace vault_mock::engine {
namespace {

struct Entry {
  std::string_view operation_id;
  Handler handler;
};

constexpr auto kHandlers = std::to_array<Entry>({
    {"sessionsCreate", create_session},
});

}  // namespace

Handler find_handler(std::string_view operation_id) {
  const auto* const entry = std::ranges::find(kHandlers, operation_id, &Entry::operation_id);
  return entry == kHandlers.end() ? nullptr : entry->handler;
}

}  // namespace vault_mock::engine
