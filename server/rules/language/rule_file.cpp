#include "rules/language/rule_file.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "rules/language/json_comments.hpp"
#include "rules/language/read_condition.hpp"
#include "rules/language/read_rule.hpp"
#include "rules/language/source_value.hpp"
#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"

namespace vault_mock::rules {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

bool is_blank(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text.find_first_not_of(kSpace) == text.npos;
}

// The comma before the closing bracket at `offset`.
std::optional<std::size_t> trailing_comma(std::string_view text, std::size_t offset) {
  if (offset >= text.size() || (text[offset] != ']' && text[offset] != '}')) return std::nullopt;
  const auto before = text.substr(0, offset).find_last_not_of(kSpace);
  if (before == text.npos || text[before] != ',') return std::nullopt;
  return before;
}

// Where a file may be given a name by which it has what plain JSON has not: ", or name the file .jsonc".
std::string or_jsonc(std::string_view file) {
  return file.ends_with(".json") ? ", or name the file .jsonc" : "";
}

// Reads the JSON and hands its root on. What breaks the grammar of JSON itself is noted here.
template <typename Read>
void with_root(Diagnostics& diagnostics, const Read& read) {
  const auto text = diagnostics.text();
  auto document = text::read_json(text);
  if (!document) {
    const auto offset = std::min(document.error().offset, text.size());
    auto message = "not valid JSON: " + document.error().message;
    if (const auto comma = trailing_comma(text, offset))
      return diagnostics.add(Severity::error, {*comma, *comma + 1}, "",
                             "not valid JSON: unexpected " + std::string(1, text[offset]) +
                                 " after a comma (JSON has no trailing commas: leave it out" +
                                 or_jsonc(diagnostics.file()) + ")");
    if (offset < text.size() && (text[offset] == '/' || text[offset] == '#'))
      message += may_have_comments(diagnostics.file())
                     ? " (a comment begins with // or stands between /* and */)"
                     : " (JSON has no comments: use \"description\"" + or_jsonc(diagnostics.file()) + ")";
    diagnostics.add(Severity::error, {offset, offset + 1}, "", std::move(message));
    return;
  }
  const auto tree = source_tree(text);
  const SourceValue root(document->value, tree, diagnostics);
  for (const auto& pointer : document->duplicate_keys) {
    const auto tokens = text::pointer_tokens(pointer);
    const SourceTree* place = &tree;
    for (const auto& token : *tokens) {
      const auto* next = place->member(token);
      if (next == nullptr) next = place->element(token);
      if (next == nullptr) break;  // it was in an earlier value of a duplicate key
      place = next;
    }
    diagnostics.add(Severity::error, place->key, pointer, "duplicate key " + in_quotes(tokens->back()));
  }
  read(root);
}

// Tells equal rules apart: the first has the identity of its text, the next the number behind it.
class Identities {
 public:
  std::uint64_t own(std::uint64_t of_text) {
    auto& next = next_.try_emplace(of_text, of_text).first->second;  // equal rules may be many
    while (!taken_.insert(next).second) ++next;
    return next++;
  }

 private:
  std::unordered_set<std::uint64_t> taken_;
  std::unordered_map<std::uint64_t, std::uint64_t> next_;
};

// Calls `use` with the value at a JSON Pointer through members, or refuses the root where there is none.
template <typename Use>
void with_member(const SourceValue& root, std::string_view pointer, const Use& use) {
  std::optional<SourceValue> source = root;
  for (const auto& token : text::pointer_tokens(pointer).value_or(std::vector<std::string>{})) {
    source = source->member(token);
    if (!source) return root.refuse("expected a condition at " + in_quotes(pointer));
  }
  use(*source);
}

bool looks_like_rule(const SourceValue& root) {
  return root.has("when") || root.has("respond") || root.has("sequence") || root.has("random");
}

// A rule, or a list of them, where the whole file should be.
bool refuse_parts_of_file(const SourceValue& root) {
  if (root.value().is_array()) {
    root.refuse(R"(a rule file is an object: write {"rules": [ … ]} around this list)");
    return true;
  }
  if (root.has("rules") || !looks_like_rule(root)) return false;
  root.refuse(R"(this is a single rule: put it into a file as {"rules": [ … ]})");
  return true;
}

void read_top(const SourceValue& root, RuleFile& result, const std::atomic<bool>* stop) {
  static const std::vector<std::string> kKeys = {"$schema", "description", "rules"};
  if (refuse_parts_of_file(root)) return;
  if (!root.is_object_of(kKeys, "a rule file")) return;
  if (const auto schema = root.member("$schema")) schema->string("the place of the schema, a string");
  if (const auto description = root.member("description"))
    description->string("a description, a string");  // for people
  const auto rules = root.member("rules");
  if (!rules) return root.refuse("a rule file needs \"rules\", a list");
  if (!rules->value().is_array()) return rules->expected("a list of rules");

  std::set<std::string> taken;
  Identities identities;
  std::size_t number = 0;
  for (const auto& element : rules->elements()) {
    if (stop != nullptr && *stop) return;
    auto rule = read_rule(element, ++number);
    if (!rule) continue;
    if (const auto name = element.member("name"); name && !taken.insert(rule->name).second)
      name->warn("another rule of this file has the name " + in_quotes(rule->name) +
                 " too; traces cannot tell them apart");
    rule->identity = identities.own(rule->identity);
    result.rules.push_back(std::move(rule));
  }
}

}  // namespace

tl::expected<RuleFile, std::vector<Mistake>> read_rule_file(std::string_view text, std::string_view file,
                                                            const KnownNames& names,
                                                            const std::atomic<bool>* stop) {
  const auto plain = may_have_comments(file) ? without_comments(text) : std::string();
  Diagnostics diagnostics(plain.empty() ? text : plain, file, names, text);
  RuleFile result;
  if (is_blank(diagnostics.text()))
    diagnostics.add(Severity::error, {0, 0}, "", R"(the file is empty: a rule file is {"rules": [ ... ]})");
  else
    with_root(diagnostics, [&](const SourceValue& root) { read_top(root, result, stop); });
  const bool failed = diagnostics.failed();
  auto mistakes = diagnostics.take();
  if (failed) return tl::unexpected(std::move(mistakes));
  result.warnings = std::move(mistakes);
  return result;
}

tl::expected<RuleText, std::vector<Mistake>> rule_from_text(std::string_view text, std::string_view file,
                                                            const KnownNames& names) {
  Diagnostics diagnostics(text, file, names);
  std::shared_ptr<const Rule> rule;
  with_root(diagnostics, [&](const SourceValue& root) {
    if (root.has("rules") && !looks_like_rule(root))
      return root.refuse(R"(this takes one rule, not a file: send each element of "rules" by itself)");
    rule = read_rule(root, 1);
  });
  const bool failed = diagnostics.failed();
  auto mistakes = diagnostics.take();
  if (failed) return tl::unexpected(std::move(mistakes));
  return RuleText{std::move(rule), std::move(mistakes)};
}

tl::expected<Condition, std::vector<Mistake>> condition_from_text(std::string_view text,
                                                                  std::string_view pointer,
                                                                  std::string_view file,
                                                                  const KnownNames& names) {
  Diagnostics diagnostics(text, file, names);
  Condition condition;
  with_root(diagnostics, [&](const SourceValue& root) {
    with_member(root, pointer, [&](const SourceValue& source) { condition = read_condition(source); });
  });
  if (diagnostics.failed()) return tl::unexpected(diagnostics.take());
  return condition;
}

tl::expected<std::vector<Condition>, std::vector<Mistake>> conditions_from_text(std::string_view text,
                                                                                std::string_view pointer,
                                                                                std::string_view file,
                                                                                const KnownNames& names) {
  Diagnostics diagnostics(text, file, names);
  std::vector<Condition> conditions;
  with_root(diagnostics, [&](const SourceValue& root) {
    with_member(root, pointer, [&](const SourceValue& source) {
      if (!source.value().is_array()) return source.expected("a list of conditions");
      for (const auto& element : source.elements()) conditions.push_back(read_condition(element));
    });
  });
  if (diagnostics.failed()) return tl::unexpected(diagnostics.take());
  return conditions;
}

}  // namespace vault_mock::rules
