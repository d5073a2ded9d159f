// A JSON Pointer and the document it leads into: both ways to follow one must agree.
#include "rules/matching/pointer.hpp"

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/in_two.hpp"
#include "text/json/json_document.hpp"
#include "text/json_place.hpp"

namespace vault_mock::fuzz {

void follow_pointer(std::string_view bytes) {
  const auto [pointer, text] = in_two(bytes);
  const auto tokens = rules::pointer_tokens(pointer);
  if (!tokens) return;
  std::string again;
  for (const auto& token : *tokens) again += "/" + text::pointer_token(token);
  require(again == pointer, "a pointer's tokens make it again");

  const auto document = text::read_json(text);
  if (!document || text.starts_with("\xEF\xBB\xBF")) return;
  const auto* value = rules::follow(&document->value, *tokens);
  const auto place = text::locate(text, pointer);
  require((value != nullptr) == place.has_value(), "a pointer leads to a value exactly when it has a place");
  if (place) require(*place < text.size(), "the place is in the text");
  const auto key = text::locate(text, pointer, text::JsonPart::key);
  require(key.has_value() == place.has_value(), "a value's key has a place when the value has");
}

}  // namespace vault_mock::fuzz
