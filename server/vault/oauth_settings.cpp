#include "vault/oauth_settings.hpp"

namespace vault_mock::vault {

nlohmann::ordered_json to_json(const OAuthSettings& settings) {
  return {{"confirm", settings.confirm}, {"opener", settings.severs_opener ? "severed" : "kept"}};
}

OAuthSettings changed(OAuthSettings settings, const nlohmann::json& changes) {
  if (!changes.is_object()) return settings;
  if (const auto confirm = changes.find("confirm"); confirm != changes.end() && confirm->is_boolean())
    settings.confirm = confirm->get<bool>();
  if (const auto opener = changes.find("opener"); opener != changes.end() && opener->is_string())
    settings.severs_opener = *opener == "severed";
  return settings;
}

}  // namespace vault_mock::vault
