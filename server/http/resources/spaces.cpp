#include <array>

#include "http/resources/resources.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::http {
namespace {

nlohmann::ordered_json space_json(spaces::Space& space, spaces::Time wall) {
  return {{"name", space.name()},
          {"requests", space.journal().last_sequence()},
          {"rules_added", space.added_rules().size()},
          {"sessions", space.sessions().size()},
          {"now", text::format_timestamp(space.now(wall))}};
}

struct Part {
  std::string_view name;
  bool spaces::ResetScope::*member;
};
constexpr auto kParts = std::to_array<Part>({{"rules", &spaces::ResetScope::rules},
                                             {"counters", &spaces::ResetScope::counters},
                                             {"journal", &spaces::ResetScope::journal},
                                             {"clock", &spaces::ResetScope::clock},
                                             {"sessions", &spaces::ResetScope::sessions}});

// The parts named in the body or the query; all of them when neither names any.
tl::expected<std::vector<std::string>, std::string> parts_of(const AdminCall& call) {
  std::vector<std::string> names;
  if (call.body.is_object() && call.body.contains("only"))
    names = call.body["only"].get<std::vector<std::string>>();
  auto list = call.query("only").value_or("");
  for (std::size_t end = 0; !list.empty(); list.erase(0, end + (end < list.size()))) {
    end = std::min(list.find(','), list.size());
    names.push_back(list.substr(0, end));
  }
  for (const auto& name : names)
    if (std::ranges::find(kParts, name, &Part::name) == kParts.end())
      return tl::unexpected("there is no part '" + name +
                            "' to reset, these are: rules, counters, journal, clock, sessions");
  if (names.empty())
    for (const auto& part : kParts) names.emplace_back(part.name);
  return names;
}

}  // namespace

AdminAnswer spaces_all(const AdminCall& call) {
  auto list = nlohmann::ordered_json::array({space_json(*call.spaces.default_space(), call.wall)});
  for (const auto& space : call.spaces.named()) list.push_back(space_json(*space, call.wall));
  return admin_json(200, {{"spaces", list}});
}

AdminAnswer spaces_delete(const AdminCall& call) {
  call.spaces.remove(call.space->name());
  return no_content();
}

AdminAnswer reset(const AdminCall& call) {
  const auto names = parts_of(call);
  if (!names) return admin_error(400, names.error());
  spaces::ResetScope scope;
  for (const auto& part : kParts)
    if (std::ranges::find(*names, part.name) != names->end()) scope.*part.member = true;
  call.space->reset(scope);
  return admin_json(200, {{"reset", *names}});
}

}  // namespace vault_mock::http
