// Whether requests came one after the other.
#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "rules/language/rule_file.hpp"
#include "site/admin/match_result.hpp"
#include "site/admin/verify.hpp"
#include "text/counted.hpp"

namespace vault_mock::site {
// Each condition takes the first request after that of the one before: if that fails, every other choice
// does.
tl::expected<Verification, net::Answer> verify_order(const AdminCall& call) {
  const auto conditions =
      rules::conditions_from_text(call.request.body, "/order", "verify", call.engine.known_names());
  if (!conditions) return tl::unexpected(refuse_condition(conditions.error()));
  const auto wanted = conditions->size();
  auto entries = call.space->journal().select([](const spaces::Entry&) { return true; },
                                              std::numeric_limits<std::size_t>::max());
  std::ranges::reverse(entries);
  // Replicas write their journals one after the other: of requests to two of them the clocks say which came
  // first.
  if (call.space->sharing() != nullptr)
    std::ranges::stable_sort(entries, {}, [](const auto& entry) { return entry->answered; });

  Verification verification;
  UnknownRequests unknown{.dropped = call.space->journal().dropped_by_cause()};
  std::shared_ptr<const spaces::Entry> last;
  MatchResult nearest;
  for (const auto& entry : entries) {
    if (verification.count == wanted) break;
    auto result = match(entry, (*conditions)[verification.count]);
    const auto holds = result.holds();
    unknown.add(result);
    if (holds.value_or(false)) {
      ++verification.count;
      last = entry;
      nearest = {};
    } else if (!nearest.entry || result.differences < nearest.differences) {
      nearest = std::move(result);
    }
  }
  verification.dropped = unknown.dropped.all();
  verification.undecided = unknown.in_journal();
  verification.pass = verification.count == wanted;
  verification.conclusive = verification.pass || unknown.all() == 0;
  verification.message =
      fmt::format("{} {} in this order, found the first {} among {} in space '{}'",
                  verification.conclusive ? "Expected" : "Undecided: expected",
                  text::counted(wanted, "request"), verification.count, entries.size(), call.space->name());
  if (verification.pass) return verification;
  verification.message += fmt::format(". Nothing matches number {}{}", verification.count + 1,
                                      last ? ", after " + line_of(*last) : std::string());
  verification.message += words_for_unknown(unknown, verification.conclusive);
  if (nearest.entry) {
    const auto differences = differences_of(*nearest.entry, (*conditions)[verification.count]);
    verification.message += ". Nearest:\n  - " + line_of(*nearest.entry, differences);
    verification.nearest.push_back({{"id", nearest.entry->id}, {"differences", differences}});
  }
  return verification;
}

}  // namespace vault_mock::site
