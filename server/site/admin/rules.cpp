#include <algorithm>

#include "rules/language/rule_file.hpp"
#include "site/admin/listing.hpp"
#include "site/admin/resources.hpp"
#include "text/json/json_object.hpp"
#include "text/size.hpp"

namespace vault_mock::site {
namespace {

using nlohmann::ordered_json;

// A page ends with a megabyte, however many these are.
constexpr std::size_t kUsualRules = 1'000;

std::string rule_json(const spaces::AddedRule& added) {
  std::string result;
  text::ObjectWriter(result)
      .string("id", added.id)
      .string("label", added.rule->label)
      .json("rule", added.rule->source)
      .end();
  return result;
}

// The same quality of message as a rule file's: every mistake with its place, and the text that a compiler
// would print.
net::Answer refuse_rules(const std::vector<rules::Mistake>& mistakes) {
  auto list = ordered_json::array();
  for (const auto& mistake : mistakes)
    list.push_back({{"line", mistake.line},
                    {"column", mistake.column},
                    {"pointer", mistake.pointer},
                    {"message", mistake.message},
                    {"suggestion", mistake.suggestion}});
  return admin_error(400, rules::sentence(mistakes.front()),
                     {{"mistakes", list}, {"text", rules::format(mistakes)}});
}

// The rule in the body under the id it has or gets; `times` of the query is put into it.
tl::expected<spaces::AddedRule, net::Answer> read_rule(const AdminCall& call, std::string id) {
  std::string text(call.request.body);
  if (const auto times = call.number("times")) {
    // As it was sent, first: mistakes are told by their places in that text.
    if (auto sent = rules::rule_from_text(text, "rule-" + id, call.engine.known_names()); !sent)
      return tl::unexpected(refuse_rules(sent.error()));
    auto rule = ordered_json::parse(text);
    rule["times"] = *times;
    text = rule.dump();
  }
  auto rule = rules::rule_from_text(text, "rule-" + id, call.engine.known_names());
  if (!rule) return tl::unexpected(refuse_rules(rule.error()));
  return spaces::AddedRule{std::move(id), std::move(*rule)};
}

net::Answer unknown_rule(const AdminCall& call) {
  return admin_error(404, "No rule '" + call.path_parameter() +
                              "' was added to this space: GET /_mock/rules lists those that were");
}

net::Answer no_room(const AdminCall& call) {
  const auto& limits = call.spaces.ledger().limits();
  return admin_error(
      413, "There is no room for this rule: rules added at run time and connections may take half of " +
               text::format_size(limits.space) + " in a space (--space-memory) and half of " +
               text::format_size(limits.program) +
               " in all (--memory). Remove rules, or reset or delete spaces");
}

}  // namespace

// In the order in which they are asked. The cursor of a page is the number of rules before it.
net::Answer rules_all(const AdminCall& call) {
  const auto cursor = read_cursor(call);
  if (!cursor) return cursor.error();
  const auto limit = call.number("limit").value_or(kUsualRules);
  const auto added = call.space->added_rules();
  const auto files = call.space->file_rules();
  const auto count = added.size() + files->size();
  auto at = std::min<std::size_t>(cursor->value_or(0), count);
  const auto end = at + std::min<std::size_t>(limit, count - at);
  Listing page("added");
  for (; at < std::min(end, added.size()) && page.has_room(); ++at) page.add(rule_json(added[at]));
  page.begin("files");
  for (; at >= added.size() && at < end && page.has_room(); ++at) {
    const auto& rule = files->at(at - added.size());
    std::string item;
    text::ObjectWriter(item).string("label", rule.label).json("rule", rule.source).end();
    page.add(item);
  }
  return std::move(page).finish(at < count ? std::to_string(at) : "");
}

// The id stands in the rule's label, so it is drawn first; should another request have taken it meanwhile,
// there is a next one.
net::Answer rules_add(const AdminCall& call) {
  for (;;) {
    auto rule = read_rule(call, call.space->new_rule_id());
    if (!rule) return std::move(rule.error());
    const auto adding = call.space->add_rule(*rule);
    if (adding == spaces::RuleChangeResult::no_room) return no_room(call);
    if (adding == spaces::RuleChangeResult::done) return admin_text(201, rule_json(*rule));
  }
}

net::Answer rules_clear(const AdminCall& call) {
  call.space->reset({.rules = true});
  return no_content();
}

net::Answer rules_one(const AdminCall& call) {
  const auto rule = call.space->find_rule(call.path_parameter());
  return rule ? admin_text(200, rule_json(*rule)) : unknown_rule(call);
}

net::Answer rules_replace(const AdminCall& call) {
  auto rule = read_rule(call, call.path_parameter());
  if (!rule) return std::move(rule.error());
  switch (call.space->replace_rule(*rule)) {
    case spaces::RuleChangeResult::no_room:
      return no_room(call);
    case spaces::RuleChangeResult::no_such_id:
      return unknown_rule(call);
    default:
      return admin_text(200, rule_json(*rule));
  }
}

net::Answer rules_remove(const AdminCall& call) {
  return call.space->remove_rule(call.path_parameter()) ? no_content() : unknown_rule(call);
}

}  // namespace vault_mock::site
