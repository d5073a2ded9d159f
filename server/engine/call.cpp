#include "engine/call.hpp"

namespace vault_mock::engine {

const contract::Operation* Call::operation() const {
  const auto* found = std::get_if<contract::Found>(&lookup);
  return found ? found->operation : nullptr;
}

}  // namespace vault_mock::engine
