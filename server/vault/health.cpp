#include "vault/health.hpp"

namespace vault_mock::vault {

std::string_view to_string(Health health) {
  switch (health) {
    case Health::revoked:
      return "revoked";
    case Health::missing_settings:
      return "missing_settings";
    case Health::needs_consent:
      return "needs_consent";
    case Health::pending_confirmation:
      return "pending_confirmation";
    case Health::needs_auth:
      return "needs_auth";
    case Health::ok:
      return "ok";
  }
  return "";
}

Health health_of(const Connector& connector, const Connection* connection) {
  static const Connection kNew;
  const auto& it = connection ? *connection : kNew;
  if (it.revoked) return Health::revoked;
  if (!missing_settings(connector, it).empty()) return Health::missing_settings;
  if (!it.consents.empty() && it.consents.front().at("granted") == false) return Health::needs_consent;
  if (is_pending_confirmation(it)) return Health::pending_confirmation;
  if (it.invalid || (connector.is_oauth() && !it.authorized)) return Health::needs_auth;
  return Health::ok;
}

}  // namespace vault_mock::vault
