// Verification, for tests: did requests come as they expect? Its parts are in verify_times.cpp,
// verify_order.cpp and verify_rules.cpp.
#include "site/admin/verify.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <span>

#include "site/admin/resources.hpp"
#include "text/counted.hpp"
#include "text/nearest.hpp"

namespace vault_mock::site {
namespace {

// "15 earlier requests are no longer in the journal: …"
std::string words_for(const spaces::Journal::Dropped& dropped, bool conclusive) {
  auto words = fmt::format("{} earlier request{} no longer in the journal", dropped.all(),
                           dropped.all() == 1 ? " is" : "s are");
  if (conclusive) return words + ", which changes nothing about that";
  if (dropped.unwritten > 0)
    words += fmt::format(" ({} of them came while the store of the replicas was away, and found no room)",
                         dropped.unwritten);
  if (dropped.unwritten == dropped.all())
    return words + ", so this cannot be decided: clear the journal, and run the test again";
  std::string options;
  for (const auto& [count, option] :
       {std::pair{dropped.by_number, "--journal-size"}, std::pair{dropped.by_bytes, "--space-memory"},
        std::pair{dropped.evicted, "--memory"}, std::pair{dropped.with_space, "--max-spaces, or --memory"}})
    if (count > 0) options += (options.empty() ? "" : ", and a larger ") + std::string(option);
  return words + ", so this cannot be decided: start the mock with a larger " + options +
         ", or clear the journal before the test (DELETE /_mock/requests)";
}

}  // namespace

void UnknownRequests::add(const MatchResult& result) {
  undecided += result.undecided ? 1 : 0;
  cut += result.cut ? 1 : 0;
}

std::string words_for_unknown(const UnknownRequests& unknown, bool conclusive) {
  std::string words;
  if (unknown.dropped.all() > 0) words += ". " + words_for(unknown.dropped, conclusive);
  if (unknown.cut > 0)
    words +=
        ". Of " + text::counted(unknown.cut, "request") +
        " the journal has not the whole body, so it cannot be told whether the condition holds: start the "
        "mock with a larger --space-memory";
  if (unknown.undecided > 0)
    words += ". Of " + text::counted(unknown.undecided, "request") +
             " it takes too long to tell whether the condition holds: its schema or pattern is too much for "
             "them";
  return words;
}

void name_keys_of_verification(contract::Violations& violations) {
  constexpr auto kConditions =
      std::to_array<std::string_view>({"/operation", "/method", "/path", "/consumer_id", "/app_id",
                                       "/api_key", "/headers", "/query", "/body", "/any", "/all", "/not"});
  constexpr auto kNumbers = std::to_array<std::string_view>(
      {"/count", "/exactly", "/calls", "/called", "/number", "/expected", "/quantity"});
  for (auto& violation : violations)
    if (std::ranges::find(kConditions, violation.place) != kConditions.end())
      violation.suggestion = "Put conditions inside \"when\"";
    else if (violation.suggestion.empty() && std::ranges::find(kNumbers, violation.place) != kNumbers.end())
      violation.suggestion = text::did_you_mean("times");
}

net::Answer refuse_condition(const std::vector<rules::Mistake>& mistakes) {
  return admin_error(400, rules::sentence(mistakes.front()), {{"text", rules::format(mistakes)}});
}

// Several parts must all pass. Without any, the question is whether there was a request at all.
net::Answer verify(const AdminCall& call) {
  std::vector<Verification> parts;
  const auto ask = [&](const auto& part) -> std::optional<net::Answer> {
    auto verification = part(call);
    if (!verification) return std::move(verification.error());
    parts.push_back(std::move(*verification));
    return std::nullopt;
  };
  const bool asks_order = call.body.contains("order");
  const bool asks_rules = call.body.contains("every_rule_used");
  const bool asks_times =
      call.body.contains("when") || call.body.contains("times") || call.body.contains("status");
  if (asks_times || (!asks_order && !asks_rules))
    if (auto refused = ask(verify_times)) return std::move(*refused);
  if (asks_order)
    if (auto refused = ask(verify_order)) return std::move(*refused);
  if (asks_rules)
    if (auto refused = ask(verify_rules)) return std::move(*refused);

  auto& whole = parts.front();
  for (auto& verification : std::span(parts).subspan(1)) {
    whole.pass = whole.pass && verification.pass;
    whole.conclusive = whole.conclusive && verification.conclusive;
    whole.undecided = std::max(whole.undecided, verification.undecided);
    whole.message += "\n" + verification.message;
    for (auto& one : verification.nearest) whole.nearest.push_back(std::move(one));
  }
  // What such a replica has answered lately may be what the question is about.
  if (!call.late.empty()) {
    whole.pass = whole.conclusive = false;
    whole.message +=
        fmt::format("\nThis cannot be decided: the last requests of {} are not written yet. Ask again",
                    fmt::join(call.late, ", "));
  }
  return admin_json(200, {{"pass", whole.pass},
                          {"count", whole.count},
                          {"dropped", whole.dropped},
                          {"undecided", whole.undecided},
                          {"conclusive", whole.conclusive},
                          {"message", whole.message},
                          {"nearest", whole.nearest}});
}

}  // namespace vault_mock::site
