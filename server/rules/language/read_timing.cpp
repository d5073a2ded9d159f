#include "rules/language/read_timing.hpp"

#include <cmath>

#include "rules/language/other_mocks.hpp"
#include "text/duration.hpp"

namespace vault_mock::rules {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds kLongestSpan = 1h;  // a test that waits longer has hung

constexpr milliseconds kLongestOfVendor = std::chrono::days(7);  // of a token

// "20.8 days"
std::string days(milliseconds time) {
  const auto tenths = std::llround(static_cast<double>(time / 1s) / 8640);
  return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10)) + " days";
}

std::optional<milliseconds> wait(const SourceValue& source, std::string_view key) {
  const auto member = source.member(key);
  if (!member) return std::nullopt;
  return read_duration(*member, 0ms, kLongestSpan);
}

std::optional<Delay> spread(const SourceValue& source) {
  static const std::vector<std::string> kKeys = {"min", "max", "median", "sigma"};
  const auto errors = source.diagnostics().errors();
  if (!source.is_object_of(kKeys, "delay") || source.diagnostics().errors() > errors) return std::nullopt;
  const bool uniform = source.has("min") || source.has("max"),
             log_normal = source.has("median") || source.has("sigma");
  if (uniform == log_normal) {
    source.refuse("expected either \"min\" and \"max\", or \"median\" and \"sigma\"");
    return std::nullopt;
  }
  if (uniform) {
    if (!source.has("min") || !source.has("max")) {
      source.refuse("\"min\" and \"max\" must both be given");
      return std::nullopt;
    }
    const auto min = wait(source, "min"), max = wait(source, "max");
    if (!min || !max) return std::nullopt;
    if (*min > *max) {
      source.member("min")->refuse("\"min\" is more than \"max\"");
      return std::nullopt;
    }
    return UniformDelay{*min, *max};
  }
  if (!source.has("median")) {
    source.refuse("\"sigma\" needs a \"median\"");
    return std::nullopt;
  }
  const auto median = wait(source, "median");
  double sigma = 0.5;
  if (const auto member = source.member("sigma")) {
    const auto number = member->number("a number from 0 to 5");
    if (!number) return std::nullopt;
    if (*number < 0 || *number > 5) {
      member->expected("a number from 0 to 5");
      return std::nullopt;
    }
    sigma = *number;
  }
  if (!median) return std::nullopt;
  return LogNormalDelay{*median, sigma};
}

const std::vector<std::string> kFaultWords(kFaultNames.begin(), kFaultNames.end());

Fault fault_of(std::size_t kind) {
  switch (kind) {
    case 0:
      return Reset{};
    case 1:
      return Close{};
    case 2:
      return Truncate{};
    case 3:
      return Malformed{};
    case 4:
      return Drip{};
    default:
      return Hang{};
  }
}

// `unit`: the milliseconds that a number without a unit counts.
std::optional<milliseconds> read_with_unit(const SourceValue& source, milliseconds least, milliseconds most,
                                           double unit, std::string_view what) {
  std::optional<milliseconds> duration;
  if (source.value().is_string()) {
    duration = text::parse_duration(source.value().get_ref<const std::string&>());
  } else if (source.value().is_number() && std::isfinite(source.value().get<double>()) &&
             std::abs(source.value().get<double>() * unit) < 1e15) {
    duration = milliseconds(std::llround(source.value().get<double>() * unit));
  }
  if (!duration) {
    source.expected(what);
    return std::nullopt;
  }
  if (*duration < least || *duration > most) {
    source.refuse("expected a duration from " + text::format_duration(least) + " to " +
                  text::format_duration(most) + ", found " + source.value().dump());
    return std::nullopt;
  }
  return duration;
}

}  // namespace

std::optional<milliseconds> read_duration(const SourceValue& source, milliseconds least, milliseconds most) {
  return read_with_unit(source, least, most, 1, "a duration such as \"300ms\", \"2s\" or \"1h\"");
}

std::optional<milliseconds> read_lifetime(const SourceValue& source) {
  constexpr auto kLongest = std::chrono::hours(24 * 365 * 100);
  if (source.value().is_string()) {
    const auto& text = source.value().get_ref<const std::string&>();
    const bool without_unit = text.find_first_not_of("0123456789.-") == text.npos;
    if (without_unit && text::parse_duration(text)) {
      source.refuse(in_quotes(text) + " has no unit, and could be seconds or milliseconds: write \"" + text +
                    "s\", or the number " + text + " for seconds");
      return std::nullopt;
    }
  }
  const auto life =
      read_with_unit(source, -kLongest, kLongest, 1000,
                     "how long the token lives: seconds, or a duration such as \"30m\" or \"1h\"");
  if (life && *life != 0ms && *life > -1s && *life < 1s)
    source.warn("token lifetimes are whole seconds: this becomes " + std::string(*life < 0ms ? "-1" : "0"));
  if (life && source.value().is_number() && *life > kLongestOfVendor)
    source.warn(source.value().dump() + " seconds are " + days(*life) +
                "; a duration in milliseconds is written with its unit: \"" + source.value().dump() + "ms\"");
  return life;
}

std::optional<Delay> read_delay(const SourceValue& source) {
  if (source.value().is_object()) return spread(source);
  const auto time = read_duration(source, 0ms, kLongestSpan);
  if (!time) return std::nullopt;
  return FixedDelay{*time};
}

std::optional<Fault> read_fault(const SourceValue& source) {
  if (!source.value().is_object()) {
    if (source.value().is_string())
      if (const auto ours = other_mock_fault(source.value().get_ref<const std::string&>())) {
        source.refuse(
            in_quotes(source.value().get_ref<const std::string&>()) + " is a word of other mock servers",
            in_quotes(*ours));
        return std::nullopt;
      }
    const auto kind = source.one_of(kFaultWords);
    if (!kind) return std::nullopt;
    return fault_of(*kind);
  }
  static const std::vector<std::string> kKeys = {"kind", "chunk", "gap", "limit"};
  if (!source.is_object_of(kKeys, "fault")) return std::nullopt;
  const auto kind_member = source.member("kind");
  if (!kind_member) {
    source.refuse("a fault needs a \"kind\": " + listed(kFaultWords));
    return std::nullopt;
  }
  const auto kind = kind_member->one_of(kFaultWords);
  if (!kind) return std::nullopt;
  Fault fault = fault_of(*kind);
  for (const auto& [key, owner] : {std::pair{"chunk", "drip"}, {"gap", "drip"}, {"limit", "hang"}}) {
    const auto member = source.member(key);
    if (member && kFaultWords[*kind] != owner)
      member->refuse_key("\"" + std::string(key) + "\" is only for the fault \"" + owner + "\"");
  }
  if (auto* drip = std::get_if<Drip>(&fault)) {
    if (const auto chunk = source.member("chunk"))
      if (const auto bytes = chunk->integer(1, 1'000'000, "a number of bytes from 1 to 1000000"))
        drip->chunk = static_cast<std::size_t>(*bytes);
    if (const auto gap = source.member("gap"))
      if (const auto time = read_duration(*gap, 0ms, 1min)) drip->gap = *time;
  }
  if (auto* hang = std::get_if<Hang>(&fault))
    if (const auto limit = source.member("limit"))
      if (const auto time = read_duration(*limit, 1ms, kLongestSpan)) hang->limit = *time;
  return fault;
}

}  // namespace vault_mock::rules
