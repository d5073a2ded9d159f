// The certificate of the HTTPS port: the one that the options name, or one of the local authority.
#pragma once

#include <chrono>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/cli/options.hpp"
#include "net/tls/pem.hpp"

namespace vault_mock::app {

// The vendor's hosts, which code and SDKs have built in.
inline constexpr const char* kVendorHosts[] = {"unify.apideck.com", "vault.apideck.com",
                                               "vaultjs.apideck.com"};

// What the local authority signs for: this machine by its names and addresses, by those that containers know
// it by, the vendor's hosts, and what --host and --tls-name say.
std::vector<std::string> certificate_names(const ServeOptions& options);

// The error is a sentence with a way out.
tl::expected<net::Credentials, std::string> tls_credentials(const ServeOptions& options,
                                                            std::chrono::sys_seconds now);

}  // namespace vault_mock::app
