// connectors.json: a catalogue in which each connector can be found, or mistakes, each with its place.
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"
#include "vault/catalogue.hpp"

namespace vault_mock::fuzz {

void read_connectors(std::string_view bytes) {
  const auto document = text::read_json(bytes);
  if (!document) return;
  const auto catalogue = vault::Catalogue::of(document->value);
  if (!catalogue) {
    require(!catalogue.error().empty(), "a refusal says why");
    for (const auto& mistake : catalogue.error()) {
      const auto tokens = text::pointer_tokens(mistake.pointer);
      require(tokens.has_value(), "a mistake has a place: " + mistake.pointer);
      require(text::follow(&document->value, *tokens) != nullptr, "the place is there: " + mistake.pointer);
      require(mistake.message.find('\n') == std::string::npos, "a message is one line: " + mistake.message);
    }
    return;
  }
  for (const auto& connector : catalogue->connectors())
    require(catalogue->find(connector.unified_api, connector.service_id) != nullptr,
            "a connector can be found");
}

}  // namespace vault_mock::fuzz
