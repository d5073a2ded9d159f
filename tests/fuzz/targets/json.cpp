// JSON of others: read as nlohmann's own parser reads it, flat or not, and each value found where it stands.
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "rules/language/source_tree.hpp"
#include "text/json/fast_json.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::fuzz {
namespace {

using nlohmann::json;

void check_places(std::string_view text, const rules::SourceTree& tree, const json& value) {
  require(tree.value.begin < tree.value.end && tree.value.end <= text.size(),
          "a value has its place in the text");
  require(json::parse(text.substr(tree.value.begin, tree.value.end - tree.value.begin)) == value,
          "the text at a value's place is that value");
  require(tree.elements.size() == (value.is_array() ? value.size() : 0), "each element has its place");
  for (std::size_t i = 0; i < tree.elements.size(); ++i) check_places(text, tree.elements[i], value[i]);
  if (!value.is_object()) return;
  require(tree.members.size() >= value.size(), "each member has its place");
  for (const auto& [key, member] : value.items()) {
    const auto* place = tree.member(key);
    require(place != nullptr, "a member is found by its key");
    check_places(text, *place, member);
  }
}

// The flat reader takes no text that the exact one refuses, and makes the same of it.
void check_flat(std::string_view bytes) {
  text::FastJson flat;
  if (!flat.read(bytes)) return;
  const auto exact = text::read_json(bytes, text::FastJson::kDeepest);
  require(exact && exact->duplicate_keys.empty(), "what is read flat is plain JSON");
  require(text::to_json(flat.values().front()) == exact->value, "it is read flat as it is");
}

}  // namespace

void read_json(std::string_view bytes) {
  check_flat(bytes);
  constexpr std::size_t kDepth = 20;
  const auto read = text::read_json(bytes, kDepth);
  if (!read) {
    require(read.error().offset <= bytes.size(), "a mistake is in the text");
    require(!read.error().message.empty(), "a mistake is put into words");
    // nlohmann takes a NUL byte for the end of the text.
    require(read.error().kind == text::JsonError::Kind::too_deep || bytes.find('\0') != bytes.npos ||
                !json::accept(bytes),
            "JSON is read");
    return;
  }
  require(json::accept(bytes) && json::parse(bytes) == read->value, "it is read as it is");
  require(json::parse(text::minified(bytes)) == read->value, "white space means nothing");
  require(read->value.is_discarded() || json::accept(text::dump(read->value)), "it can be written");
  check_places(bytes, rules::source_tree(bytes), read->value);
  for (const auto& pointer : read->duplicate_keys)
    require(pointer.starts_with('/'), "a duplicate key is below the root");
}

}  // namespace vault_mock::fuzz
