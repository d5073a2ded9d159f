#include "engine/hints_on_ids.hpp"

#include <algorithm>
#include <vector>

#include "text/nearest.hpp"
#include "text/shortened.hpp"
#include "vault/catalogue.hpp"

namespace vault_mock::engine {
namespace {

std::string hint_at(std::string_view id, std::string_view what, const std::string& meant) {
  return "'" + text::shortened(id) + "' is not " + std::string(what) + ": did you mean '" + meant + "'?";
}

std::string hint_on_connector(std::string_view api, std::string_view service_id,
                              const std::vector<vault::Connector>& connectors) {
  std::vector<std::string> apis, services, elsewhere;
  for (const auto& connector : connectors) {
    apis.push_back(connector.unified_api);
    if (connector.unified_api == api) services.push_back(connector.service_id);
    if (connector.service_id == service_id) elsewhere.push_back(connector.unified_api);
  }
  if (!elsewhere.empty())
    return hint_at(api, "the unified API of '" + text::shortened(service_id) + "'", elsewhere.front());
  if (const auto near = text::nearest(service_id, services))
    return hint_at(service_id, "a connector of '" + text::shortened(api) + "'", *near);
  if (const auto near = text::nearest(api, apis); near && services.empty())
    return hint_at(api, "a unified API that has a connector", *near);
  return "";
}

}  // namespace

std::string hint_on_ids(const Call& call) {
  const auto service_id = call.path_parameter("service_id");
  const auto api = call.path_parameter("unified_api");
  if (service_id.empty() || api.empty()) return "";
  const auto& catalogue = call.settings.connectors();
  const auto* connector = catalogue.find(api, service_id);
  if (connector == nullptr) return hint_on_connector(api, service_id, catalogue.connectors());
  const auto resource = call.path_parameter("resource");
  if (resource.empty() || connector->has_resource(resource)) return "";
  const auto near = text::nearest(resource, connector->resources);
  return near ? hint_at(resource, "a resource of '" + connector->service_id + "'", *near) : "";
}

}  // namespace vault_mock::engine
