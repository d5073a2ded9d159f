// Facts about the machine and its user. Each call asks the system anew; none fails, a fact that the system
// does not tell is left out.
#pragma once

#include <string>
#include <vector>

namespace vault_mock::app {

// The addresses at which this machine is reached, loopback included: "127.0.0.1", "::1", "192.168.1.7".
// Link-local addresses (fe80::…) are left out, as they need an interface's name.
std::vector<std::string> addresses_of_machine();

std::string name_of_machine();  // "laptop"; may be empty
std::string user_at_machine();  // "ann@laptop"

}  // namespace vault_mock::app
