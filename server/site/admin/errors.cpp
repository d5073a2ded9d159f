#include "contract/error_catalogue.hpp"
#include "site/admin/resources.hpp"

namespace vault_mock::site {
namespace {

std::string how_to_provoke(const contract::ErrorRow& row) {
  const bool is_first = contract::find_error(row.status) == &row;
  std::string how = R"(a rule that responds { "error": ")" + std::string(row.type_name) + R"(" })";
  if (is_first) how += "; the request header `Prefer: code=" + std::to_string(row.status) + "`";
  return how;
}

}  // namespace

net::Answer errors(const AdminCall&) {
  auto errors = nlohmann::ordered_json::array();
  for (const auto& row : contract::error_catalogue())
    errors.push_back({{"type_name", row.type_name},
                      {"status", row.status},
                      {"when", row.when},
                      {"evidence", to_string(row.evidence)},
                      {"provoke", how_to_provoke(row)},
                      {"next", row.next},
                      {"body", contract::error_body(row, contract::example_detail(row))}});
  return admin_json(200, {{"errors", errors}});
}

}  // namespace vault_mock::site
