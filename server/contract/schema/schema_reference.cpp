#include "contract/schema/schema_reference.hpp"

#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"
#include "text/url.hpp"

namespace vault_mock::contract {

using nlohmann::json;

std::string pointer_of_reference(std::string_view reference) {
  return text::percent_decoded(reference.substr(1));
}

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
  if (const auto tokens = text::pointer_tokens(pointer))
    if (const auto* found = text::follow(&root, *tokens)) return found;
  return tl::unexpected(words + " points to nothing in this schema");
}

}  // namespace vault_mock::contract
