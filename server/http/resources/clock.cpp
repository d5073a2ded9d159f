#include "http/resources/resources.hpp"
#include "text/duration.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::http {
namespace {

AdminAnswer show_clock(const AdminCall& call) {
  const auto clock = call.space->clock();
  return admin_json(200, {{"now", text::format_timestamp(clock.now(call.wall))},
                          {"frozen", clock.is_frozen()},
                          {"offset", text::format_duration(clock.offset())}});
}

}  // namespace

AdminAnswer clock_get(const AdminCall& call) { return show_clock(call); }

// freeze, offset, resume, then advance: together they say where time stands and how far it jumps from there.
AdminAnswer clock_set(const AdminCall& call) {
  auto clock = call.space->clock();
  const auto member = [&](const char* name) { return call.body.value(name, std::string()); };
  if (call.body.contains("freeze")) {
    const auto time = text::parse_timestamp(member("freeze"));
    if (!time) return admin_error(400, "'freeze' is no time: write it as 2027-01-01T00:00:00Z");
    clock.freeze(*time);
  }
  for (const auto* name : {"offset", "advance"}) {
    if (!call.body.contains(name)) continue;
    const auto duration = text::parse_duration(member(name));
    if (!duration)
      return admin_error(400, "'" + std::string(name) + "' is no duration: write it as 2h, 30m or -1h");
    if (name == std::string_view("offset"))
      clock.set_offset(*duration);
    else
      clock.advance(*duration);
  }
  if (call.body.value("resume", false)) clock.resume();
  if (const auto now = clock.now(call.wall); now < text::kEarliest || now > text::kLatest)
    return admin_error(400, "That leads out of the years from 1970 to 9999, in which the clock can be");
  call.space->set_clock(clock);
  return show_clock(call);
}

AdminAnswer seed_get(const AdminCall& call) { return admin_json(200, {{"seed", call.space->seed()}}); }

AdminAnswer seed_set(const AdminCall& call) {
  call.space->set_seed(call.body.at("seed").get<std::uint64_t>());
  return seed_get(call);
}

}  // namespace vault_mock::http
