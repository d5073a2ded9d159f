#include "engine/session_state.hpp"

#include "vault/jwt.hpp"

namespace vault_mock::engine {

std::string_view session_state(std::string_view token, const spaces::Space& space, spaces::Time now) {
  const auto claims = vault::verify_jwt(token, space.secret());
  return session_state(token, claims ? &*claims : nullptr, space, now);
}

std::string_view session_state(std::string_view token, const nlohmann::json* claims,
                               const spaces::Space& space, spaces::Time now) {
  if (claims == nullptr || !claims->contains("exp") || !claims->at("exp").is_number()) return "broken";
  if (const auto ended = space.end_of(token)) return to_string(*ended);
  const auto milliseconds = static_cast<double>(now.time_since_epoch().count());
  return claims->at("exp").get<double>() * 1000 <= milliseconds ? "expired" : "active";
}

}  // namespace vault_mock::engine
