// Asks a store which replicas are alive, for one who is none of them.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "redis/url.hpp"
#include "spaces/store.hpp"

namespace vault_mock::redis {

// Waits for the store, for two seconds at most. The error says why it could not be asked.
tl::expected<std::vector<spaces::ReplicaFacts>, std::string> live_replicas(const Url& url);

}  // namespace vault_mock::redis
