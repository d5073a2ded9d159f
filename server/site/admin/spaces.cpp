#include <algorithm>
#include <array>

#include "site/admin/listing.hpp"
#include "site/admin/resources.hpp"
#include "text/json/json_document.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::site {
namespace {

using nlohmann::ordered_json;

ordered_json memory_json(const spaces::Account& account) {
  const auto used = account.used();
  ordered_json memory = {{"used", used}, {"limit", account.limit()}};
  if (used > account.limit()) memory["over"] = used - account.limit();
  for (std::size_t part = 0; part < spaces::kParts; ++part)
    memory[std::string(to_string(spaces::Part{static_cast<std::uint8_t>(part)}))] =
        account.used(spaces::Part{static_cast<std::uint8_t>(part)});
  return memory;
}

// Of a space's account, or of the program's ledger. Only what was lost at all.
template <typename Book>
ordered_json dropped_json(const Book& book) {
  auto losses = ordered_json::object();
  for (std::size_t kind = 0; kind < spaces::kDropKinds; ++kind) {
    const auto loss = spaces::DropKind{static_cast<std::uint8_t>(kind)};
    if (const auto count = book.dropped(loss); count > 0) losses[std::string(to_string(loss))] = count;
  }
  return losses;
}

ordered_json space_json(spaces::Space& space, spaces::Time wall) {
  const auto last_used = space.last_used();
  return {{"name", space.name()},
          {"requests", space.count_entries()},
          {"requests_kept", space.journal().size()},
          {"rules_added", space.count_rules()},
          {"sessions", space.count_sessions()},
          {"last_used", last_used ? ordered_json(text::format_timestamp(*last_used)) : ordered_json()},
          {"now", text::format_timestamp(space.now(wall))},
          {"memory", memory_json(space.account())},
          {"dropped", dropped_json(space.account())}};
}

struct ResetPart {
  std::string_view name;
  bool spaces::ResetScope::*member;
};
constexpr auto kResetParts = std::to_array<ResetPart>({{"rules", &spaces::ResetScope::rules},
                                                       {"counters", &spaces::ResetScope::counters},
                                                       {"journal", &spaces::ResetScope::journal},
                                                       {"clock", &spaces::ResetScope::clock},
                                                       {"sessions", &spaces::ResetScope::sessions},
                                                       {"oauth", &spaces::ResetScope::oauth}});

// "rules, counters, …"
std::string names_of_reset_parts() {
  std::string names;
  for (const auto& part : kResetParts) names.append(names.empty() ? "" : ", ").append(part.name);
  return names;
}

// The parts named in the body or the query; all of them when neither names any.
tl::expected<std::vector<std::string>, std::string> parts_of(const AdminCall& call) {
  const auto empty =
      tl::unexpected("'only' names nothing to reset: leave it out to reset everything, or name some of " +
                     names_of_reset_parts());
  std::vector<std::string> names;
  if (call.body.is_object() && call.body.contains("only"))
    names = call.body["only"].get<std::vector<std::string>>();
  const bool names_none = call.body.is_object() && call.body.contains("only") && names.empty();
  if (names_none || call.query("only") == "") return empty;
  auto list = call.query("only").value_or("");
  for (std::size_t end = 0; !list.empty(); list.erase(0, end + (end < list.size()))) {
    end = std::min(list.find(','), list.size());
    names.push_back(list.substr(0, end));
  }
  for (const auto& name : names)
    if (std::ranges::find(kResetParts, name, &ResetPart::name) == kResetParts.end())
      return tl::unexpected("there is no part '" + name + "' to reset, these are: " + names_of_reset_parts());
  if (names.empty())
    for (const auto& part : kResetParts) names.emplace_back(part.name);
  return names;
}

}  // namespace

// By name, the default space first. The cursor of a page is the name of the last one before it. A page ends
// as a Listing does, which has no place for what is said here of all spaces.
net::Answer spaces_all(const AdminCall& call) {
  const auto limit = call.number("limit").value_or(kUsualLimit);
  const auto after = call.query("cursor");
  const auto all = call.spaces.all();
  std::string list;
  std::size_t count = 0;
  bool truncated = false;
  std::string last;  // after the default space: every name comes after this one
  for (const auto& space : all) {
    const bool is_default = space == all.front();
    if (after && (is_default || space->name() <= *after)) continue;
    truncated = count >= limit || list.size() >= Listing::kPageBytes;
    if (truncated) break;
    if (!is_default) last = space->name();
    if (count++ > 0) list += ',';
    list += text::dump(space_json(*space, call.wall));
  }
  const auto& ledger = call.spaces.ledger();
  ordered_json rest = {{"truncated", truncated},
                       {"count", all.size()},
                       {"most_spaces", call.spaces.most_spaces()},
                       {"memory", {{"used", ledger.used()}, {"limit", ledger.limits().program}}},
                       {"dropped", dropped_json(ledger)}};
  if (truncated) rest["next"] = last;
  return admin_text(200, "{\"spaces\":[" + list + "]," + text::dump(rest).substr(1));
}

net::Answer spaces_delete(const AdminCall& call) {
  call.spaces.remove(call.space->name());
  return no_content();
}

net::Answer reset(const AdminCall& call) {
  const auto names = parts_of(call);
  if (!names) return admin_error(400, names.error());
  spaces::ResetScope scope;
  for (const auto& part : kResetParts)
    if (std::ranges::find(*names, part.name) != names->end()) scope.*part.member = true;
  call.space->reset(scope);
  return admin_json(200, {{"reset", *names}});
}

}  // namespace vault_mock::site
