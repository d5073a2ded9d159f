#include "site/admin/resources.hpp"

namespace vault_mock::site {
namespace {

// Documents may be read by any page: they hold nothing that a user put in.
net::Answer document(std::string text) {
  return {
      .status = 200,
      .headers = {{"content-type", "application/json; charset=utf-8"}, {"access-control-allow-origin", "*"}},
      .body = std::move(text)};
}

}  // namespace

net::Answer contract_document(const AdminCall& call) {
  return document(std::string(call.engine.contract().document()));
}

net::Answer admin_document(const AdminCall& call) { return document(std::string(call.document)); }

}  // namespace vault_mock::site
