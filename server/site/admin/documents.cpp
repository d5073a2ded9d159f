#include "site/admin/resources.hpp"

namespace vault_mock::site {
namespace {

// Documents may be read by any page: they hold nothing that a user put in.
AdminAnswer document(std::string text) {
  return {.response = {.status = 200,
                       .headers = {{"content-type", "application/json; charset=utf-8"},
                                   {"access-control-allow-origin", "*"}},
                       .body = std::move(text)},
          .stream = nullptr};
}

}  // namespace

AdminAnswer contract_document(const AdminCall& call) {
  return document(std::string(call.engine.contract().document()));
}

AdminAnswer admin_document(const AdminCall& call) { return document(std::string(call.document)); }

}  // namespace vault_mock::site
