#include "app/rule_files/catalogue_file.hpp"

#include <iterator>

#include "rules/language/diagnostics.hpp"
#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"

namespace vault_mock::app {
namespace {

using rules::Severity;

rules::Mistake unread_catalogue(const std::string& path, const std::string& reason) {
  rules::Mistake mistake;
  mistake.file = path;
  mistake.line = 0;
  mistake.message = "cannot read this catalogue: " + reason;
  return mistake;
}

// Where the pointer leads to, or as far as it does.
const rules::SourceTree& place_of(const rules::SourceTree& root, std::string_view pointer) {
  const auto* place = &root;
  for (const auto& token : text::pointer_tokens(pointer).value_or(std::vector<std::string>{})) {
    const auto* next = place->member(token);
    if (next == nullptr) next = place->element(token);
    if (next == nullptr) break;
    place = next;
  }
  return *place;
}

// Of a long object or list only the bracket is underlined.
rules::Span shown_part(const rules::Span& value, std::string_view text) {
  const bool is_structured =
      value.begin < text.size() && (text[value.begin] == '{' || text[value.begin] == '[');
  return is_structured ? rules::Span{value.begin, value.begin + 1} : value;
}

tl::expected<vault::Catalogue, std::vector<rules::Mistake>> read_catalogue(const std::string& text,
                                                                           const std::string& path) {
  static const rules::KnownNames kNone;
  rules::Diagnostics diagnostics(text, path, kNone);
  const auto document = text::read_json(text);
  if (!document) {
    const auto offset = document.error().offset;
    diagnostics.add(Severity::error, {offset, offset + 1}, "", "not valid JSON: " + document.error().message);
    return tl::unexpected(diagnostics.take());
  }
  const auto tree = rules::source_tree(text);
  for (const auto& pointer : document->duplicate_keys)
    diagnostics.add(Severity::error, place_of(tree, pointer).key, pointer,
                    "this key stands twice in its object");
  auto catalogue = vault::Catalogue::of(document->value);
  if (!catalogue)
    for (const auto& mistake : catalogue.error()) {
      const auto& place = place_of(tree, mistake.pointer);
      diagnostics.add(
          Severity::error,
          mistake.at == vault::CatalogueMistake::At::key ? place.key : shown_part(place.value, text),
          mistake.pointer, mistake.message, mistake.suggestion);
    }
  if (diagnostics.failed()) return tl::unexpected(diagnostics.take());
  return std::move(*catalogue);
}

}  // namespace

tl::expected<LoadedConnectors, std::vector<rules::Mistake>> load_connectors(const RuleSources& sources) {
  LoadedConnectors loaded;
  std::vector<rules::Mistake> mistakes;
  for (const auto& file : find_rules(sources.paths()).files) {
    if (!is_catalogue(file.path)) continue;
    const auto text = sources.text_of(file.path);
    if (!text) {
      mistakes.push_back(unread_catalogue(file.path, text.error().reason));
      continue;
    }
    auto catalogue = read_catalogue(*text, file.path);
    if (catalogue)
      loaded = {std::make_shared<const vault::Catalogue>(std::move(*catalogue)), file.path};
    else
      std::ranges::move(catalogue.error(), std::back_inserter(mistakes));
  }
  if (!mistakes.empty()) return tl::unexpected(std::move(mistakes));
  return loaded;
}

}  // namespace vault_mock::app
