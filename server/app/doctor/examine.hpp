// The examinations of `vault-mock doctor`, one function for each subject. Failures become findings.
#pragma once

#include <chrono>
#include <string>

#include "app/doctor/finding.hpp"
#include "app/serve_options.hpp"

namespace vault_mock::app {

// Whether VAULT_MOCK_… variables or options are set that have no effect.
Findings examine_environment(const ServeOptions& options);

// Whether the ports can be listened on, or a mock does already.
Findings examine_ports(const ServeOptions& options);

// Whether rule files and connectors have mistakes, and what else is in their folders.
Findings examine_rules(const ServeOptions& options);

// Whether the clock is plausible, as far as the machine can tell by itself.
Findings examine_clock(const ServeOptions& options, std::chrono::sys_seconds now);

// Whether clients would send their calls to a proxy.
Findings examine_proxy();

// Whether the certificate is valid, who trusts it, and whether the vendor's host names lead here. For --tls.
Findings examine_tls(const ServeOptions& options, std::chrono::sys_seconds now);

// Whether the store answers, and whether its live replicas answer alike. For --store.
Findings examine_store(const ServeOptions& options);

// Which URL each kind of client uses: lines of text.
std::string describe_urls(const ServeOptions& options);

}  // namespace vault_mock::app
