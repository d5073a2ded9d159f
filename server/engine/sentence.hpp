// One request and its answer in one plain sentence.
#pragma once

#include <string>

#include "engine/trace.hpp"
#include "spaces/entry.hpp"

namespace vault_mock::engine {

// "acme asked for a session; rule free-tier.json#free tier used up answered 402."
std::string sentence_of(const RecordedTrace& trace, const spaces::Entry& entry);

}  // namespace vault_mock::engine
