#include "engine/trace_codec.hpp"

#include <array>
#include <variant>

#include "text/bytes.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::engine {
namespace {

using text::ByteReader;
using text::ByteWriter;

constexpr std::uint64_t kTraceVersion = 1;
constexpr std::size_t kUsualTrace = 128;                // bytes
constexpr std::uint64_t kLongestWait = 86'400'000'000;  // microseconds: what rules add up to is hours

// 0 for nothing, else 1 and what `write` writes.
template <typename Value, typename Write>
void write_optional(ByteWriter& to, const std::optional<Value>& value, const Write& write) {
  to.number(value ? 1 : 0);
  if (value) write(*value);
}

template <typename Read>
auto read_optional(ByteReader& from, const Read& read) {
  return from.number(1) == 1 ? std::optional(read()) : std::nullopt;
}

template <typename Enum>
Enum read_enum(ByteReader& from, Enum last) {
  return static_cast<Enum>(from.number(static_cast<std::uint64_t>(last)));
}

void write_wait(ByteWriter& to, std::chrono::milliseconds wait) {
  to.number(static_cast<std::uint64_t>(wait.count()));
}

std::chrono::milliseconds read_wait(ByteReader& from) {
  return std::chrono::milliseconds(from.number(kLongestWait / 1'000));
}

void write_rule(ByteWriter& to, const rules::NamedRule& rule) {
  to.number(rule.identity);
  to.text(rule.label);
}

rules::NamedRule read_rule(ByteReader& from) {
  const auto identity = from.number();
  return {.identity = identity, .label = std::string(from.text())};
}

void write_phase(ByteWriter& to, const PhaseResult& result) {
  to.number(result.asked ? 1 : 0);
  if (!result.asked) return;
  write_optional(to, result.verdict.rule, [&](const rules::NamedRule& rule) { write_rule(to, rule); });
  to.number(result.verdict.skipped.size());
  for (const auto& skip : result.verdict.skipped) {
    write_rule(to, skip.rule);
    to.number(static_cast<std::uint64_t>(skip.why));
    write_optional(to, skip.ended_at,
                   [&](text::Timestamp time) { to.signed_number(time.time_since_epoch().count()); });
    to.text(skip.name);
    write_optional(to, skip.seen, [&](const std::string& seen) { to.text(seen); });
  }
}

PhaseResult read_phase(ByteReader& from) {
  PhaseResult result;
  result.asked = from.number(1) == 1;
  if (!result.asked) return result;
  auto& verdict = result.verdict;
  verdict.rule = read_optional(from, [&] { return read_rule(from); });
  constexpr std::size_t kBytesOfSkip = 6;
  verdict.skipped.resize(from.count(kBytesOfSkip));
  for (auto& skip : verdict.skipped) {
    skip.rule = read_rule(from);
    skip.why = read_enum(from, rules::Skipped::Why::probability);
    skip.ended_at = read_optional(from, [&] {
      const auto count = from.signed_number(text::kEarliest.time_since_epoch().count(),
                                            text::kLatest.time_since_epoch().count());
      return text::Timestamp(text::Timestamp::duration(count));
    });
    skip.name = from.text();
    skip.seen = read_optional(from, [&] { return std::string(from.text()); });
  }
  return result;
}

void write_fault(ByteWriter& to, const rules::Fault& fault) {
  to.number(fault.index());
  if (const auto* drip = std::get_if<rules::Drip>(&fault)) {
    to.number(drip->chunk);
    write_wait(to, drip->gap);
  } else if (const auto* hang = std::get_if<rules::Hang>(&fault)) {
    write_wait(to, hang->limit);
  }
}

template <std::size_t... kIndices>
rules::Fault fault_of(std::size_t kind, std::index_sequence<kIndices...>) {
  rules::Fault fault;
  ((kind == kIndices ? void(fault.emplace<kIndices>()) : void()), ...);
  return fault;
}

rules::Fault read_fault(ByteReader& from) {
  constexpr auto kFaults = std::variant_size_v<rules::Fault>;
  auto fault = fault_of(from.number(kFaults - 1), std::make_index_sequence<kFaults>());
  if (auto* drip = std::get_if<rules::Drip>(&fault)) {
    drip->chunk = from.number();
    drip->gap = read_wait(from);
  } else if (auto* hang = std::get_if<rules::Hang>(&fault)) {
    hang->limit = read_wait(from);
  }
  return fault;
}

}  // namespace

std::string write_trace(const RecordedTrace& trace) {
  ByteWriter to(kUsualTrace);
  to.number(kTraceVersion);
  to.number(trace.book);
  to.text(trace.space);
  to.number(static_cast<std::uint64_t>(trace.credential_kind));
  to.number(static_cast<std::uint64_t>(trace.decided_at));
  to.number(trace.skipped.to_ullong());
  write_phase(to, trace.early);
  write_phase(to, trace.late);
  to.number(static_cast<std::uint64_t>(trace.delay.count()));
  write_fault(to, trace.fault);
  to.number(trace.violations.size());
  for (const auto& violation : trace.violations) {
    to.number(static_cast<std::uint64_t>(violation.in));
    to.text(violation.place);
    to.text(violation.reason);
    to.text(violation.suggestion);
  }
  to.number(trace.advice.size());
  for (const auto& advice : trace.advice) {
    to.text(advice.place);
    to.text(advice.text);
  }
  to.text(trace.sent_method);
  to.text(trace.hint);
  return to.take();
}

std::optional<RecordedTrace> read_trace(std::string_view bytes) {
  ByteReader from(bytes);
  if (from.number() != kTraceVersion) return std::nullopt;
  RecordedTrace trace;
  trace.book = from.number();
  trace.space = from.text();
  trace.credential_kind = read_enum(from, CredentialKind::session_token);
  trace.decided_at = read_enum(from, Step::act);
  trace.skipped = from.number((std::uint64_t{1} << kStepCount) - 1);
  trace.early = read_phase(from);
  trace.late = read_phase(from);
  trace.delay = std::chrono::microseconds(from.number(kLongestWait));
  trace.fault = read_fault(from);
  constexpr std::size_t kBytesOfViolation = 4, kBytesOfAdvice = 2;
  trace.violations.resize(from.count(kBytesOfViolation));
  for (auto& violation : trace.violations) {
    violation.in = read_enum(from, contract::Violation::In::body);
    violation.place = from.text();
    violation.reason = from.text();
    violation.suggestion = from.text();
  }
  trace.advice.resize(from.count(kBytesOfAdvice));
  for (auto& advice : trace.advice) {
    advice.place = from.text();
    advice.text = from.text();
  }
  trace.sent_method = from.text();
  trace.hint = from.text();
  return from.is_done() ? std::optional(std::move(trace)) : std::nullopt;
}

}  // namespace vault_mock::engine
