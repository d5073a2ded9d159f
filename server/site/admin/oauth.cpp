// How authorizing by OAuth goes in the space: in one step or two, and with an opener or without.
#include "site/admin/resources.hpp"

namespace vault_mock::site {

net::Answer oauth_get(const AdminCall& call) { return admin_json(200, vault::to_json(call.space->oauth())); }

// What the body leaves out stays as it is.
net::Answer oauth_set(const AdminCall& call) {
  return admin_json(200, vault::to_json(call.space->change_oauth(call.body)));
}

}  // namespace vault_mock::site
