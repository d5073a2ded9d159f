// connectors.json: a catalogue in which each connector can be found, or one line that says what is wrong.
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "vault/catalogue.hpp"

namespace vault_mock::fuzz {

void read_connectors(std::string_view bytes) {
  const auto catalogue = vault::Catalogue::read(bytes);
  if (!catalogue)
    return require(!catalogue.error().empty() && catalogue.error().find('\n') == std::string::npos,
                   "a refusal is one line: " + catalogue.error());
  for (const auto& connector : catalogue->connectors())
    require(catalogue->find(connector.unified_api, connector.service_id) != nullptr,
            "a connector can be found");
}

}  // namespace vault_mock::fuzz
