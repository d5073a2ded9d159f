// The variables VAULT_MOCK_…: which of them the user set, and which Kubernetes set or somebody misspelled.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::app {

// The variables of the process whose names begin with VAULT_MOCK_, by name. A copy.
using Environment = std::map<std::string, std::string>;
Environment environment_of_process();

// The variables that are not options of the program: what its packages for Node, Python and PHP read.
std::vector<std::string> variables_of_clients();

// Whether Kubernetes (or a Docker link) sets a variable of that name and value in each container beside a
// Service called vault-mock, or vault-mock-something: VAULT_MOCK_PORT=tcp://10.0.0.1:4010,
// VAULT_MOCK_SERVICE_HOST, VAULT_MOCK_PORT_4010_TCP_ADDR and so on.
// https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
bool is_of_a_service(std::string_view name, std::string_view value);

// A sentence for each variable that has no effect: one for all variables of a Service together, and one for
// each unknown variable, with the nearest of the `known` names.
std::vector<std::string> environment_warnings(const Environment& environment,
                                              std::span<const std::string> known);

}  // namespace vault_mock::app
