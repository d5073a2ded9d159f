// Journal entries as JSON, with every key masked.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "spaces/journal.hpp"

namespace vault_mock::http {

// One line of the journal.
nlohmann::ordered_json summary_of(const spaces::Entry& entry);
// All of it, with the trace.
nlohmann::ordered_json details_of(const spaces::Entry& entry, std::string_view mask_key);

// "Bearer sk_l…#3f9a2c1b": the start of a long key, and a keyed hash, so that two keys can be told apart.
std::string masked(std::string_view authorization, std::string_view mask_key);

}  // namespace vault_mock::http
