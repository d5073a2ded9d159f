// The certificate of the HTTPS port: the one that the options name, or one that the local authority signs.
#pragma once

#include <chrono>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/serve_options.hpp"
#include "net/tls/pem.hpp"

namespace vault_mock::app {

// The vendor's hosts, which code and SDKs have built in.
inline constexpr const char* kVendorHosts[] = {"unify.apideck.com", "vault.apideck.com",
                                               "vaultjs.apideck.com", "file-picker-js.apideck.com",
                                               "upload.apideck.com"};

// The names in the local authority's certificate: those of this machine, its addresses, the names by which
// containers reach it, the vendor's hosts, and those of --host and --tls-name.
std::vector<std::string> certificate_names(const ServeOptions& options);

// Reads files, and may make the authority. The error is a sentence that says what to do.
tl::expected<net::Credentials, std::string> tls_credentials(const ServeOptions& options,
                                                            std::chrono::sys_seconds now);

}  // namespace vault_mock::app
