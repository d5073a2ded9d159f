#include "site/admin/resources.hpp"
#include "text/duration.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::site {
namespace {

net::Answer show(const spaces::Clock& clock, spaces::Time wall) {
  return admin_json(200, {{"now", text::format_timestamp(clock.now(wall))},
                          {"frozen", clock.is_frozen()},
                          {"offset", text::format_duration(clock.offset())}});
}

// What a request makes of the clock: one of freeze, offset and resume, and then a jump.
struct ClockChange {
  std::optional<spaces::Time> freeze;
  std::optional<std::chrono::milliseconds> offset, advance;
  bool resume = false;

  void apply_to(spaces::Clock& clock) const {
    if (freeze) clock.freeze(*freeze);
    if (offset) clock.set_offset(*offset);
    if (resume) clock.resume();
    if (advance) clock.advance(*advance);
  }
};

// From here on text::parse_duration takes every duration for this one.
constexpr std::chrono::milliseconds kTooLong = std::chrono::hours(24) * 365'250;

tl::expected<ClockChange, std::string> read_change(const nlohmann::json& body) {
  ClockChange change{.freeze = {}, .offset = {}, .advance = {}, .resume = body.value("resume", false)};
  if (body.contains("freeze")) {
    const auto& time = body["freeze"].get_ref<const std::string&>();
    change.freeze = text::parse_timestamp(time);
    if (!change.freeze)
      return tl::unexpected("'freeze' is not a valid time: use 2027-01-01T00:00:00Z, not '" + time + "'");
  }
  for (const auto& [name, member] :
       {std::pair{"offset", &ClockChange::offset}, std::pair{"advance", &ClockChange::advance}}) {
    if (!body.contains(name)) continue;
    const auto& duration = body[name].get_ref<const std::string&>();
    change.*member = text::parse_duration(duration);
    if (!(change.*member))
      return tl::unexpected("'" + std::string(name) + "' is not a valid duration: use 2h, 30m or -1h, not '" +
                            duration + "'");
    if (std::chrono::abs(*(change.*member)) >= kTooLong)
      return tl::unexpected("'" + std::string(name) +
                            "' is out of range: it must be less than 1000 years, not '" + duration + "'");
  }
  if (int{change.freeze.has_value()} + int{change.offset.has_value()} + int{change.resume} > 1)
    return tl::unexpected(std::string(
        "'freeze', 'offset' and 'resume' contradict each other: use one of them; 'advance' may go with any"));
  return change;
}

}  // namespace

net::Answer clock_get(const AdminCall& call) { return show(call.space->clock(), call.wall); }

net::Answer clock_set(const AdminCall& call) {
  const auto change = read_change(call.body);
  if (!change) return admin_error(400, change.error());
  const auto changed = call.space->change_clock([&](spaces::Clock& clock) {
    change->apply_to(clock);
    const auto now = clock.now(call.wall);
    return now >= text::kEarliest && now <= text::kLatest;
  });
  if (!changed)
    return admin_error(400, "That leads out of the years from 1970 to 9999, in which the clock can be");
  return show(*changed, call.wall);
}

net::Answer seed_get(const AdminCall& call) { return admin_json(200, {{"seed", call.space->seed()}}); }

// Of the floating-point numbers, which JSON reads integers beyond 64 bits as, those are taken that are exact.
net::Answer seed_set(const AdminCall& call) {
  constexpr double kExactBelow = 0x1p53;
  const auto& seed = call.body.at("seed");
  if (!seed.is_number_integer() && !(seed.is_number_float() && seed >= 0.0 && seed < kExactBelow))
    return admin_error(400, "'seed' is out of range: it is an integer from 0 to 18446744073709551615");
  call.space->set_seed(seed.get<std::uint64_t>());
  return seed_get(call);
}

}  // namespace vault_mock::site
