// Reads durations, delays and faults. The grammar is fixtures/README.md.
#pragma once

#include <chrono>
#include <optional>

#include "rules/node.hpp"
#include "rules/respond.hpp"

namespace vault_mock::rules {

// Each: nothing, with the mistakes noted in the node's reading, when it cannot be used.
std::optional<std::chrono::milliseconds> read_duration(const Node& node, std::chrono::milliseconds least,
                                                       std::chrono::milliseconds most);
std::optional<Delay> read_delay(const Node& node);
std::optional<Fault> read_fault(const Node& node);

}  // namespace vault_mock::rules
