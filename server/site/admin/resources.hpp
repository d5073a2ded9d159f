// The answers of the mock's own API, by the operation ids of admin.json. One file a resource.
#pragma once

#include <span>
#include <string_view>

#include "site/admin/admin.hpp"

namespace vault_mock::site {

// Who says what is wrong with the JSON of a body, as a key that stands there twice: the reader for all
// resources, or the resource itself, whose reader of rules shows where in the text it is.
enum class JsonReader { of_all, own };

// Of which requests, of any replica, an answer tells: then what they left must be written and loaded first.
// `space`: those of the space; with spaces=all, those of all.
enum class Tells { of_none, of_space, of_all };

struct Resource {
  std::string_view operation_id;
  net::Answer (*answer)(const AdminCall&);
  JsonReader json_reader = JsonReader::of_all;
  // Of its query parameters the one that may be there several times; empty: none.
  std::string_view repeatable = {};
  // Says more of what its body violates than its document does; null: nothing.
  void (*suggest)(contract::Violations&) = nullptr;
  Tells tells = Tells::of_none;
};

// One for each operation of admin.json; a test holds the two to each other.
std::span<const Resource> resources();
// Null: there is no such operation.
const Resource* resource_of(std::string_view operation_id);

net::Answer health(const AdminCall& call);
net::Answer errors(const AdminCall& call);
net::Answer contract_document(const AdminCall& call);
net::Answer admin_document(const AdminCall& call);
net::Answer spaces_all(const AdminCall& call);
net::Answer spaces_delete(const AdminCall& call);
net::Answer reset(const AdminCall& call);
net::Answer rules_all(const AdminCall& call);
net::Answer rules_add(const AdminCall& call);
net::Answer rules_clear(const AdminCall& call);
net::Answer rules_one(const AdminCall& call);
net::Answer rules_replace(const AdminCall& call);
net::Answer rules_change(const AdminCall& call);
net::Answer rules_remove(const AdminCall& call);
net::Answer requests_all(const AdminCall& call);
net::Answer requests_clear(const AdminCall& call);
net::Answer requests_one(const AdminCall& call);
net::Answer events(const AdminCall& call);
net::Answer metrics(const AdminCall& call);
net::Answer verify(const AdminCall& call);
net::Answer clock_get(const AdminCall& call);
net::Answer clock_set(const AdminCall& call);
net::Answer seed_get(const AdminCall& call);
net::Answer seed_set(const AdminCall& call);
net::Answer oauth_get(const AdminCall& call);
net::Answer oauth_set(const AdminCall& call);
net::Answer sessions_all(const AdminCall& call);
net::Answer sessions_one(const AdminCall& call);
net::Answer sessions_change(const AdminCall& call);
net::Answer sessions_revoke(const AdminCall& call);
net::Answer consumers_all(const AdminCall& call);
net::Answer connections_all(const AdminCall& call);
net::Answer connections_set(const AdminCall& call);

}  // namespace vault_mock::site
