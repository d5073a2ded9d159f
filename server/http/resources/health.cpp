#include "http/resources/resources.hpp"

namespace vault_mock::http {

engine::Response answer_health(const ResourceCall& call) {
  return json_resource(200, {{"status", "ok"}, {"rules", call.space.rules()->size()}});
}

}  // namespace vault_mock::http
