#include "rules/fixture.hpp"

#include <algorithm>
#include <set>

#include "rules/node.hpp"
#include "rules/pointer.hpp"
#include "rules/read_condition.hpp"
#include "rules/read_rule.hpp"
#include "text/json.hpp"

namespace vault_mock::rules {
namespace {

// Reads the JSON and hands its root on. What breaks the grammar of JSON itself is noted here.
template <typename Read>
void with_root(Reading& reading, const Read& read) {
  const auto text = reading.text();
  auto document = text::read_json(text);
  if (!document) {
    const auto offset = std::min(document.error().offset, text.size());
    auto message = "no JSON: " + document.error().message;
    if (offset < text.size() && (text[offset] == '/' || text[offset] == '#'))
      message += " (JSON has no comments; a \"description\" may say it)";
    reading.add(Severity::error, {offset, offset + 1}, "", std::move(message));
    return;
  }
  const auto tree = source_tree(text);
  const Node root(document->value, tree, reading);
  for (const auto& pointer : document->duplicate_keys) {
    const auto tokens = pointer_tokens(pointer);
    const SourceTree* place = &tree;
    for (const auto& token : *tokens) {
      const auto* next = place->member(token);
      if (next == nullptr) next = place->element(token);
      if (next == nullptr) break;  // it stood in the value of a key that stands here twice itself
      place = next;
    }
    reading.add(Severity::error, place->key, pointer,
                "the key " + in_quotes(tokens->back()) + " stands here twice");
  }
  read(root);
}

void read_top(const Node& root, Fixture& fixture) {
  static const std::vector<std::string> kKeys = {"$schema", "description", "rules"};
  if (!root.is_object_of(kKeys, "a fixture")) return;
  if (const auto schema = root.member("$schema")) schema->string("the place of the schema, a string");
  if (const auto description = root.member("description"))
    fixture.description = description->string("a description, a string").value_or("");
  const auto rules = root.member("rules");
  if (!rules) return root.refuse("a fixture needs \"rules\", a list");
  if (!rules->value().is_array()) return rules->expected("a list of rules");

  std::set<std::string> names;
  std::set<std::uint64_t> identities;
  std::size_t number = 0;
  for (const auto& element : rules->elements()) {
    auto rule = read_rule(element, ++number);
    if (!rule) continue;
    if (const auto name = element.member("name"); name && !names.insert(rule->name).second)
      name->warn("another rule of this file is called " + in_quotes(rule->name) +
                 " too: traces cannot tell them apart");
    while (!identities.insert(rule->identity).second) ++rule->identity;
    fixture.rules.push_back(std::move(rule));
  }
}

}  // namespace

tl::expected<Fixture, std::vector<Mistake>> read_fixture(std::string_view text, std::string_view file,
                                                         const Vocabulary& vocabulary) {
  Reading reading(text, file, vocabulary);
  Fixture fixture;
  with_root(reading, [&](const Node& root) { read_top(root, fixture); });
  const bool failed = reading.failed();
  auto mistakes = reading.take();
  if (failed) return tl::unexpected(std::move(mistakes));
  fixture.warnings = std::move(mistakes);
  return fixture;
}

tl::expected<std::shared_ptr<const Rule>, std::vector<Mistake>> read_rule(std::string_view text,
                                                                          std::string_view source,
                                                                          const Vocabulary& vocabulary) {
  Reading reading(text, source, vocabulary);
  std::shared_ptr<const Rule> rule;
  with_root(reading, [&](const Node& root) { rule = read_rule(root, 1); });
  if (reading.failed()) return tl::unexpected(reading.take());
  return rule;
}

tl::expected<Condition, std::vector<Mistake>> read_condition(std::string_view text, std::string_view pointer,
                                                             std::string_view source,
                                                             const Vocabulary& vocabulary) {
  Reading reading(text, source, vocabulary);
  Condition condition;
  with_root(reading, [&](const Node& root) {
    std::optional<Node> node = root;
    for (const auto& token : pointer_tokens(pointer).value_or(std::vector<std::string>{})) {
      node = node->member(token);
      if (!node) return root.refuse("expected a condition at " + in_quotes(pointer));
    }
    condition = read_condition(*node);
  });
  if (reading.failed()) return tl::unexpected(reading.take());
  return condition;
}

}  // namespace vault_mock::rules
