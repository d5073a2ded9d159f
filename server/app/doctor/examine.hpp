// The examinations of the doctor, one a subject. None throws or ends the program.
#pragma once

#include <chrono>
#include <string>

#include "app/cli/options.hpp"
#include "app/doctor/finding.hpp"

namespace vault_mock::app {

// Whether VAULT_MOCK_… variables are set that change nothing.
Findings examine_environment(const ServeOptions& options);

// Whether the ports can be listened on, or a mock does already.
Findings examine_ports(const ServeOptions& options);

// Whether rule files and connectors have mistakes, and what lies beside them.
Findings examine_rules(const ServeOptions& options);

// Whether the clock is right, as far as the machine can know by itself.
Findings examine_clock(const ServeOptions& options, std::chrono::sys_seconds now);

// Whether a proxy comes between clients and the mock.
Findings examine_proxy();

// Whether the certificate is good, who trusts it, and whether the vendor's names lead here. For --tls.
Findings examine_tls(const ServeOptions& options, std::chrono::sys_seconds now);

// Which URL each kind of client takes: lines of text.
std::string describe_urls(const ServeOptions& options);

}  // namespace vault_mock::app
