// What answers say of replicas that have not heard of a change in time.
#pragma once

#include <string>
#include <vector>

#include "net/answer.hpp"

namespace vault_mock::site {

// Names them in x-mock-late. Empty: there are none, and the answer stays as it is.
void add_late(net::Answer& answer, const std::vector<std::string>& late);

// The same for the mock's own API: what was changed is taken (202), but not known everywhere. "late" in its
// body names them, too.
void accept_late(net::Answer& answer, const std::vector<std::string>& late);

}  // namespace vault_mock::site
