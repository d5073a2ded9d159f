#include "http/resources/resources.hpp"
#include "rules/fixture.hpp"
#include "text/size.hpp"

namespace vault_mock::http {
namespace {

using nlohmann::ordered_json;

ordered_json rule_json(const spaces::AddedRule& added) {
  return {{"id", added.id}, {"label", added.rule->label}, {"rule", ordered_json::parse(added.rule->source)}};
}

// The same quality of message as a rule file's: every mistake with its place, and the text that a compiler
// would print.
AdminAnswer refuse_rules(const std::vector<rules::Mistake>& mistakes) {
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
tl::expected<spaces::AddedRule, AdminAnswer> read_rule(const AdminCall& call, std::string id) {
  std::string text(call.request.body);
  if (const auto times = call.number("times")) {
    auto rule = ordered_json::parse(text);
    rule["times"] = *times;
    text = rule.dump();
  }
  auto rule = rules::read_rule(text, "rule-" + id, call.engine.vocabulary());
  if (!rule) return tl::unexpected(refuse_rules(rule.error()));
  return spaces::AddedRule{std::move(id), std::move(*rule)};
}

AdminAnswer unknown_rule(const AdminCall& call) {
  return admin_error(404, "No rule '" + call.path_parameter() +
                              "' was added to this space: GET /_mock/rules lists those that were");
}

AdminAnswer no_room(const AdminCall& call) {
  const auto& limits = call.spaces.ledger().limits();
  return admin_error(
      413, "There is no room for this rule: rules added at run time and connections may take half of " +
               text::format_size(limits.space) + " in a space (--space-memory) and half of " +
               text::format_size(limits.program) +
               " in all (--memory). Remove rules, or reset or delete spaces");
}

}  // namespace

AdminAnswer rules_all(const AdminCall& call) {
  auto added = ordered_json::array();
  for (const auto& rule : call.space->added_rules()) added.push_back(rule_json(rule));
  auto files = ordered_json::array();
  const auto book = call.space->file_rules();
  for (std::size_t i = 0; i < book->size(); ++i)
    files.push_back({{"label", book->at(i).label}, {"rule", ordered_json::parse(book->at(i).source)}});
  return admin_json(200, {{"added", added}, {"files", files}});
}

// The id stands in the rule's label, so it is drawn first; should another request have taken it meanwhile,
// there is a next one.
AdminAnswer rules_add(const AdminCall& call) {
  for (;;) {
    auto rule = read_rule(call, call.space->new_rule_id());
    if (!rule) return std::move(rule.error());
    const auto adding = call.space->add_rule(*rule);
    if (adding == spaces::Adding::no_room) return no_room(call);
    if (adding == spaces::Adding::done) return admin_json(201, rule_json(*rule));
  }
}

AdminAnswer rules_clear(const AdminCall& call) {
  call.space->reset({.rules = true});
  return no_content();
}

AdminAnswer rules_one(const AdminCall& call) {
  const auto rule = call.space->find_rule(call.path_parameter());
  return rule ? admin_json(200, rule_json(*rule)) : unknown_rule(call);
}

AdminAnswer rules_replace(const AdminCall& call) {
  auto rule = read_rule(call, call.path_parameter());
  if (!rule) return std::move(rule.error());
  switch (call.space->replace_rule(*rule)) {
    case spaces::Adding::no_room:
      return no_room(call);
    case spaces::Adding::no_such_id:
      return unknown_rule(call);
    default:
      return admin_json(200, rule_json(*rule));
  }
}

AdminAnswer rules_remove(const AdminCall& call) {
  return call.space->remove_rule(call.path_parameter()) ? no_content() : unknown_rule(call);
}

}  // namespace vault_mock::http
