// The answers of the mock's own API; http/admin.cpp has the table of their operation ids.
#pragma once

#include "site/admin/admin.hpp"

namespace vault_mock::site {

AdminAnswer health(const AdminCall& call);
AdminAnswer errors(const AdminCall& call);
AdminAnswer contract_document(const AdminCall& call);
AdminAnswer admin_document(const AdminCall& call);
AdminAnswer spaces_all(const AdminCall& call);
AdminAnswer spaces_delete(const AdminCall& call);
AdminAnswer reset(const AdminCall& call);
AdminAnswer rules_all(const AdminCall& call);
AdminAnswer rules_add(const AdminCall& call);
AdminAnswer rules_clear(const AdminCall& call);
AdminAnswer rules_one(const AdminCall& call);
AdminAnswer rules_replace(const AdminCall& call);
AdminAnswer rules_remove(const AdminCall& call);
AdminAnswer requests_all(const AdminCall& call);
AdminAnswer requests_clear(const AdminCall& call);
AdminAnswer requests_one(const AdminCall& call);
AdminAnswer events(const AdminCall& call);
AdminAnswer verify(const AdminCall& call);
AdminAnswer clock_get(const AdminCall& call);
AdminAnswer clock_set(const AdminCall& call);
AdminAnswer seed_get(const AdminCall& call);
AdminAnswer seed_set(const AdminCall& call);
AdminAnswer sessions_all(const AdminCall& call);
AdminAnswer sessions_one(const AdminCall& call);
AdminAnswer sessions_revoke(const AdminCall& call);

}  // namespace vault_mock::site
