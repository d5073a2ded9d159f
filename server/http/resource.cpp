#include "http/resource.hpp"

#include <algorithm>
#include <array>

#include "http/resources/resources.hpp"
#include "text/json.hpp"

namespace vault_mock::http {
namespace {

engine::Response answer_unknown(const ResourceCall& call);

constexpr auto kResources = std::to_array<Resource>({
    {"/_mock/errors", "GET, HEAD", answer_errors},
    {"/_mock/health", "GET, HEAD", answer_health},
    {"/_mock/openapi.json", "GET, HEAD", answer_openapi},
});

constexpr Resource kUnknown{"/_mock/", "GET, HEAD, POST, PUT, DELETE", answer_unknown};

engine::Response answer_unknown(const ResourceCall& call) {
  nlohmann::ordered_json body = {{"error", "There is no " + std::string(call.request.path)},
                                 {"resources", nlohmann::ordered_json::array()}};
  for (const auto& resource : kResources) body["resources"].push_back(resource.path);
  return json_resource(404, body);
}

// "GET" is one of "GET, HEAD".
bool lists(std::string_view methods, std::string_view method) {
  for (std::size_t at = methods.find(method); at != methods.npos; at = methods.find(method, at + 1)) {
    const auto end = at + method.size();
    if ((at == 0 || methods[at - 1] == ' ') && (end == methods.size() || methods[end] == ',')) return true;
  }
  return false;
}

}  // namespace

const Resource* find_resource(std::string_view path) {
  if (path != "/_mock" && !path.starts_with("/_mock/")) return nullptr;
  const auto* const known = std::ranges::find(kResources, path, &Resource::path);
  return known == kResources.end() ? &kUnknown : known;
}

engine::Response answer_resource(const Resource& resource, const ResourceCall& call) {
  if (lists(resource.methods, call.request.method)) return resource.answer(call);
  auto response = json_resource(
      405, {{"error", std::string(call.request.method) +
                          " is not allowed here, these are: " + std::string(resource.methods)}});
  response.headers.emplace_back("allow", resource.methods);
  return response;
}

engine::Response json_resource(int status, const nlohmann::ordered_json& body) {
  return {.status = status,
          .headers = {{"content-type", "application/json; charset=utf-8"}},
          .body = body.dump(2) + "\n"};
}

}  // namespace vault_mock::http
