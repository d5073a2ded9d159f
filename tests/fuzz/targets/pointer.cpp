// A JSON Pointer and the document it leads into: both ways to follow one must agree.

#include "text/json/pointer.hpp"

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/in_two.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::fuzz {
namespace {

using nlohmann::json;

const json* found_by_nlohmann(const json& root, const std::string& pointer) {
  try {
    return &root.at(json::json_pointer(pointer));
  } catch (const json::exception&) {
    return nullptr;
  }
}

}  // namespace

void follow_pointer(std::string_view bytes) {
  const auto [pointer, text] = in_two(bytes);
  const auto tokens = text::pointer_tokens(pointer);
  if (!tokens) return;
  std::string again;
  for (const auto& token : *tokens) again += "/" + text::pointer_token(token);
  require(again == pointer, "a pointer's tokens make it again");

  const auto document = text::read_json(text);
  if (!document || text.starts_with("\xEF\xBB\xBF")) return;
  const auto* value = text::follow(&document->value, *tokens);
  require(value == found_by_nlohmann(document->value, std::string(pointer)),
          "a pointer leads where nlohmann's own leads");
}

}  // namespace vault_mock::fuzz
