// The local certificate authority in the user's state folder: made on first use and kept, so that clients
// have to trust it only once.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <tl/expected.hpp>

#include "net/tls/pem.hpp"

namespace vault_mock::app {

struct Authority {
  std::filesystem::path certificate_file;  // for all to read
  std::filesystem::path key_file;          // for the user alone
  net::Credentials credentials;
};

// $XDG_STATE_HOME/vault-mock, else ~/.local/state/vault-mock. The error: there is neither.
tl::expected<std::filesystem::path, std::string> state_folder();

// Reads the authority, or makes it if the folder has none. Several processes may do so at once: a lock on the
// folder, waited for at most 10 seconds, lets one make it and the others read it. The error is a sentence
// that says what to do.
tl::expected<Authority, std::string> find_or_make_authority(const std::filesystem::path& folder,
                                                            std::chrono::sys_seconds now);

}  // namespace vault_mock::app
