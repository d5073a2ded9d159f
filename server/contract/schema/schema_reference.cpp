#include "contract/schema/schema_reference.hpp"

#include "contract/contract.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::contract {

using nlohmann::json;

std::string pointer_of_reference(std::string_view reference) { return percent_decoded(reference.substr(1)); }

tl::expected<const json*, std::string> follow_reference(const json& root, std::string_view reference) {
  const auto words = "\"$ref\": " + text::quoted(reference.substr(0, 100));
  if (!reference.starts_with('#'))
    return tl::unexpected(
        words +
        " points into another document, and nothing is fetched: copy the schema under \"$defs\" and "
        "write \"#/$defs/name\"");
  const auto pointer = pointer_of_reference(reference);
  if (!pointer.empty() && !pointer.starts_with('/'))
    return tl::unexpected(words +
                          " names an anchor, which is not supported: write a JSON Pointer, \"#/$defs/name\"");
  try {
    const json::json_pointer place(pointer);
    if (root.contains(place)) return &root.at(place);
  } catch (const json::exception&) {  // not a JSON Pointer
  }
  return tl::unexpected(words + " points to nothing in this schema");
}

}  // namespace vault_mock::contract
