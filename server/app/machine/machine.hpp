// What the program has to know of the machine and the user it runs for.
#pragma once

#include <string>
#include <vector>

namespace vault_mock::app {

// The addresses under which this machine can be reached, itself included: "127.0.0.1", "::1", "192.168.1.7".
// Without those that only mean something together with an interface (fe80::…).
std::vector<std::string> addresses_of_machine();

std::string name_of_machine();  // "laptop"; may be empty
std::string user_at_machine();  // "ann@laptop"

}  // namespace vault_mock::app
