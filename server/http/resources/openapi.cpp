#include "http/resources/resources.hpp"

namespace vault_mock::http {

engine::Response answer_openapi(const ResourceCall& call) {
  return {
      .status = 200,
      .headers = {{"content-type", "application/json; charset=utf-8"}, {"access-control-allow-origin", "*"}},
      .body = std::string(call.engine.contract().document())};
}

}  // namespace vault_mock::http
