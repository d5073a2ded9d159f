#include <algorithm>

#include "rules/language/rule_file.hpp"
#include "site/admin/listing.hpp"
#include "site/admin/match_result.hpp"
#include "site/admin/resources.hpp"
#include "text/duration.hpp"
#include "text/json/json_document.hpp"
#include "text/json/json_object.hpp"
#include "text/json/string_member.hpp"
#include "text/shortened.hpp"
#include "text/size.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::site {
namespace {

using nlohmann::ordered_json;

// A page ends with a megabyte, however many these are.
constexpr std::size_t kUsualRules = 1'000;

// A rule of the space: one that was added, or one of a file, which has its label as its id.
struct RuleOfSpace {
  std::string id;
  std::shared_ptr<const rules::Rule> rule;
  bool is_added;
};

std::string origin_json(const RuleOfSpace& one) {
  if (one.is_added) return R"("added")";
  return text::dump(ordered_json{{"file", one.rule->file}, {"line", one.rule->line}});
}

std::string time_json(std::optional<text::Timestamp> time) {
  return time ? text::quoted(text::format_timestamp(*time)) : "null";
}

// `match_members`: what becomes of it for one request; null: that was not asked.
std::string rule_json(const AdminCall& call, const RuleOfSpace& one,
                      const ordered_json* match_members = nullptr) {
  const auto& rule = *one.rule;
  const auto status = call.space->rule_status(rule);
  const auto source = nlohmann::json::parse(rule.source);
  std::string result;
  text::ObjectWriter item(result);
  item.string("id", one.id)
      .string("label", rule.label)
      .string("name", rule.name)
      .string("description", text::string_member(source, "description"))
      .json("origin", origin_json(one))
      .boolean("enabled", status.rule_switch.enabled)
      .json("ends_at", time_json(status.rule_switch.ends_at))
      .number("hits", static_cast<std::int64_t>(status.hits.count))
      .json("last_hit", time_json(status.hits.count > 0 ? std::optional(status.hits.last) : std::nullopt))
      .json("remaining", status.remaining ? std::to_string(*status.remaining) : "null")
      .json("rule", rule.source);
  if (match_members != nullptr) {
    const auto& told = *match_members;
    item.json("would_match", text::dump(told["would_match"]))
        .json("differences", text::dump(told["differences"]));
  }
  item.end();
  return result;
}

std::string rule_json(const AdminCall& call, const spaces::AddedRule& added) {
  return rule_json(call, {.id = added.id, .rule = added.rule, .is_added = true});
}

std::optional<RuleOfSpace> find_rule(const AdminCall& call, const std::string& id) {
  if (auto added = call.space->find_rule(id))
    return RuleOfSpace{.id = id, .rule = std::move(added->rule), .is_added = true};
  const auto files = call.space->file_rules();
  for (std::size_t i = 0; i < files->size(); ++i)
    if (files->at(i).label == id)
      return RuleOfSpace{.id = id, .rule = {files, &files->at(i)}, .is_added = false};
  return std::nullopt;
}

// The same quality of message as a rule file's: every mistake with its place, and the text that a compiler
// would print.
ordered_json mistakes_json(const std::vector<rules::Mistake>& mistakes) {
  auto list = ordered_json::array();
  for (const auto& mistake : mistakes)
    list.push_back({{"severity", mistake.severity == rules::Severity::error ? "error" : "warning"},
                    {"line", mistake.line},
                    {"column", mistake.column},
                    {"pointer", mistake.pointer},
                    {"message", mistake.message},
                    {"suggestion", mistake.suggestion}});
  return {{"mistakes", std::move(list)}, {"text", rules::format(mistakes)}};
}

net::Answer refuse_rules(const std::vector<rules::Mistake>& mistakes) {
  return admin_error(400, rules::sentence(mistakes.front()), mistakes_json(mistakes));
}

// The request that the query's `request` names, on which a rule is tried. Null: none is named.
tl::expected<std::shared_ptr<const spaces::Entry>, net::Answer> asked_request(const AdminCall& call) {
  const auto id = call.query("request");
  if (!id) return nullptr;
  call.space->catch_up();
  auto entry = call.space->journal().find(*id);
  if (entry) return entry;
  return tl::unexpected(admin_error(404, "No request '" + *id + "' is in the journal of this space"));
}

// Nothing is added: what a rule file with this rule would be told, and whether the rule is for a request.
net::Answer check_rule(const AdminCall& call) {
  const auto entry = asked_request(call);
  if (!entry) return entry.error();
  const auto read = rules::rule_from_text(call.request.body, "rule", call.engine.known_names());
  auto body = mistakes_json(read ? read->warnings : read.error());
  body["valid"] = read.has_value();
  if (read && *entry) body.update(match_json(*entry, read->rule->when));
  return admin_json(200, body);
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
  return spaces::AddedRule{std::move(id), std::move(rule->rule)};
}

net::Answer unknown_rule(const AdminCall& call) {
  return admin_error(404, "There is no rule '" + call.path_parameter() +
                              "' in this space: GET /_mock/rules lists them with their ids");
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
  for (; at < std::min(end, added.size()) && page.has_room(); ++at) page.add(rule_json(call, added[at]));
  page.begin("files");
  for (; at >= added.size() && at < end && page.has_room(); ++at) {
    const auto& rule = files->at(at - added.size());
    page.add(rule_json(call, {.id = rule.label, .rule = {files, &rule}, .is_added = false}));
  }
  return std::move(page).finish(at < count ? std::to_string(at) : "");
}

// The id stands in the rule's label, so it is drawn first; should another request have taken it meanwhile,
// there is a next one.
net::Answer rules_add(const AdminCall& call) {
  if (call.number("check").value_or(0) == 1) return check_rule(call);
  for (;;) {
    auto rule = read_rule(call, call.space->new_rule_id());
    if (!rule) return std::move(rule.error());
    const auto adding = call.space->add_rule(*rule);
    if (adding == spaces::RuleChangeResult::no_room) return no_room(call);
    if (adding == spaces::RuleChangeResult::done)
      return admin_text(201, rule_json(call, call.space->find_rule(rule->id).value_or(*rule)));
  }
}

net::Answer rules_clear(const AdminCall& call) {
  call.space->reset({.rules = true});
  return no_content();
}

net::Answer rules_one(const AdminCall& call) {
  const auto rule = find_rule(call, call.path_parameter());
  if (!rule) return unknown_rule(call);
  const auto entry = asked_request(call);
  if (!entry) return entry.error();
  if (*entry == nullptr) return admin_text(200, rule_json(call, *rule));
  const auto match_members = match_json(*entry, rule->rule->when);
  return admin_text(200, rule_json(call, *rule, &match_members));
}

// On or off, and until when. Of a file's rule only in this space, and until the rules of the space are reset.
net::Answer rules_change(const AdminCall& call) {
  const auto rule = find_rule(call, call.path_parameter());
  if (!rule) return unknown_rule(call);
  auto value = call.space->rule_status(*rule->rule).rule_switch;
  value.enabled = call.body.value("enabled", value.enabled);
  if (const auto until = call.body.find("ends_at"); until != call.body.end()) {
    value.ends_at = until->is_null() ? std::nullopt : text::parse_timestamp(until->get<std::string>());
    if (!until->is_null() && !value.ends_at)
      return admin_error(400, "'ends_at' is not a valid time: use 2027-01-01T00:00:00Z, not '" +
                                  text::shortened(until->get<std::string>()) + "'");
  }
  if (const auto in = call.body.find("ends_in"); in != call.body.end()) {
    const auto duration = text::parse_duration(in->get<std::string>());
    if (!duration || *duration < std::chrono::milliseconds(0) || *duration > std::chrono::days(36'500))
      return admin_error(400, "'ends_in' is not a valid duration: use 10m or 2h, not '" +
                                  text::shortened(in->get<std::string>()) + "'");
    value.ends_at = call.space->now(call.wall) + *duration;
  }
  if (!call.space->switch_rule(*rule->rule, value))
    return admin_error(413,
                       std::to_string(rules::RuleSwitches::kMost) +
                           " rules of this space are switched already: switch some back, or reset its rules");
  return admin_text(200, rule_json(call, *rule));
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
      return rules_one(call);
  }
}

net::Answer rules_remove(const AdminCall& call) {
  return call.space->remove_rule(call.path_parameter()) ? no_content() : unknown_rule(call);
}

}  // namespace vault_mock::site
