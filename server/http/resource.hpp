// The mock's own resources, /_mock/…: one file each under http/resources/.
#pragma once

#include <string_view>

#include "engine/engine.hpp"
#include "spaces/registry.hpp"

namespace vault_mock::http {

struct ResourceCall {
  const engine::Request& request;
  const engine::Engine& engine;
  spaces::Registry& spaces;
  spaces::Space& space;
};

struct Resource {
  std::string_view path;
  std::string_view methods;  // for `allow`: "GET, HEAD"
  engine::Response (*answer)(const ResourceCall&);
};

// Null: the path is not the mock's own. Any path under /_mock/ is; one that is no resource lists those that
// are.
const Resource* find_resource(std::string_view path);

// With a method that the resource does not take: 405.
engine::Response answer_resource(const Resource& resource, const ResourceCall& call);

engine::Response json_resource(int status, const nlohmann::ordered_json& body);

}  // namespace vault_mock::http
