// The keys that a space has in Redis. All of them are in one slot of a cluster: what decides is the space's
// name, in braces.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::redis {

enum class SpacePart : std::uint8_t {
  meta,             // hash: version, generation, sequence and clears of the journal
  values,           // hash: key → "<version> <text>"
  counts,           // hash: counts and states; of single consumers:
  consumer_counts,  // hash
  requests,         // hash: requests of consumers
  journal,          // stream: "<number>-0", field e
  sessions,         // stream, field s
  seen,             // hash: lane → what its last run returned (scripts/common.lua)
};

// "vm:{checkout}:values". In the braces are '}' and '%' percent-encoded: the slot must be that of the whole
// name.
std::string space_key(std::string_view space, SpacePart part);

// All of them, as scripts/common.lua wants them.
std::vector<std::string> space_keys(std::string_view space);

constexpr const char* kSpacesKey = "vm:spaces";      // sorted set: name → ms of 1970 when it was last used
constexpr const char* kReplicasKey = "vm:replicas";  // hash (scripts/beat.lua)
constexpr const char* kGenerationKey = "vm:generation";  // text: another one, and the store was emptied
constexpr const char* kChangedChannel = "vm:changed";    // to all replicas
std::string channel_to(std::string_view replica);        // "vm:to:<id>"

}  // namespace vault_mock::redis
