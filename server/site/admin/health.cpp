#include "site/admin/resources.hpp"

namespace vault_mock::site {

// 200 as long as the mock serves; a rule file that could not be reloaded is told, as the old rules go on.
net::Answer health(const AdminCall& call) {
  nlohmann::ordered_json body = {{"status", "ok"}, {"rules", call.space->rules()->size()}};
  if (const auto trouble = call.program.rules_trouble(); !trouble.empty()) body["rule_files"] = trouble;
  return admin_json(200, body);
}

}  // namespace vault_mock::site
