// The engine: a request, a space, a time and dice in, an outcome out.
//
// Opens no socket, reads no file, knows no wall clock and throws no dice of its own: the same request, space,
// time and dice give the same bytes. Everything else is a shell around it.
#pragma once

#include <chrono>

#include "contract/contract.hpp"
#include "engine/api_request.hpp"
#include "engine/names_of_contract.hpp"
#include "engine/outcome.hpp"
#include "engine/settings.hpp"
#include "rules/answering/dice.hpp"
#include "spaces/space.hpp"

namespace vault_mock::engine {

// On answers that were given without the store of the replicas: "away".
inline constexpr std::string_view kStoreHeader = "x-mock-store";

// Immutable; any number of threads may ask it at once.
class Engine {
 public:
  // `contract` must outlive the engine.
  Engine(const contract::Contract& contract, Settings settings)
      : contract_(contract), settings_(std::move(settings)), names_(names_of_contract(contract)) {}

  // `now` is by the space's clock.
  Outcome answer(const ApiRequest& request, spaces::Space& space,
                 std::chrono::sys_time<std::chrono::milliseconds> now, const rules::Dice& dice) const;

  // The answer to a request that never became one: too large, broken at the level of HTTP, or a bug of ours.
  Response refusal(int status, std::string detail, const rules::Dice& dice) const;

  const contract::Contract& contract() const { return contract_; }
  const vault::Catalogue& connectors() const { return settings_.connectors(); }
  std::string session_place(std::string_view base_url) const { return settings_.session_place(base_url); }
  // For rules that come at run time.
  const rules::KnownNames& known_names() const { return names_; }

 private:
  const contract::Contract& contract_;
  const Settings settings_;
  const rules::KnownNames names_;
};

}  // namespace vault_mock::engine
