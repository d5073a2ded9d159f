// Consumers and sessions as texts that can leave the process, for a store that several replicas share. What
// is written by one version of the program is read by the next: members may be added, none changes its
// meaning. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "vault/consumers.hpp"
#include "vault/sessions.hpp"

namespace vault_mock::vault {

// All of it but its requests by day, which are counted apart from it.
std::string stored_text(const Consumer& consumer);
// Nothing: the text is not one of these.
std::optional<Consumer> read_stored_consumer(std::string_view text);

std::string stored_text(const Session& session);
std::optional<Session> read_stored_session(std::string_view text);

}  // namespace vault_mock::vault
