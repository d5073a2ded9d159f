// Whether requests came one after the other.
#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "site/admin/match_result.hpp"
#include "site/admin/verify.hpp"
#include "text/counted.hpp"

namespace vault_mock::site {
namespace {

std::string line_of(const spaces::Entry& entry) {
  return fmt::format("{} {} of consumer '{}' answered {}", entry.method, entry.path, entry.consumer_id,
                     entry.status);
}

}  // namespace

// Each condition takes the first request after that of the one before: if that fails, every other choice
// does.
tl::expected<Verification, net::Answer> verify_order(const AdminCall& call) {
  const auto wanted = call.body.at("order").size();
  std::vector<rules::Condition> conditions;
  for (std::size_t i = 0; i < wanted; ++i) {
    auto condition = condition_at(call, "/order/" + std::to_string(i));
    if (!condition) return tl::unexpected(std::move(condition.error()));
    conditions.push_back(std::move(*condition));
  }
  auto entries = call.space->journal().select([](const spaces::Entry&) { return true; },
                                              std::numeric_limits<std::size_t>::max());
  std::ranges::reverse(entries);

  Verification verification;
  verification.dropped = call.space->journal().dropped();
  std::shared_ptr<const spaces::Entry> last;
  MatchResult nearest;
  for (const auto& entry : entries) {
    if (verification.count == wanted) break;
    auto judgement = judge(entry, conditions[verification.count]);
    const auto holds = judgement.holds();
    if (!holds) ++verification.undecided;
    if (holds.value_or(false)) {
      ++verification.count;
      last = entry;
      nearest = {};
    } else if (!nearest.entry || judgement.differences.size() < nearest.differences.size()) {
      nearest = std::move(judgement);
    }
  }
  verification.pass = verification.count == wanted;
  verification.conclusive = verification.pass || (verification.dropped == 0 && verification.undecided == 0);
  verification.message =
      fmt::format("{} {} in this order, found the first {} among {} in space '{}'",
                  verification.conclusive ? "Expected" : "Undecided: expected",
                  text::counted(wanted, "request"), verification.count, entries.size(), call.space->name());
  if (verification.pass) return verification;
  verification.message += fmt::format(". Nothing matches number {}{}", verification.count + 1,
                                      last ? ", after " + line_of(*last) : std::string());
  if (verification.dropped > 0)
    verification.message +=
        fmt::format(". {} no longer in the journal", text::counted(verification.dropped, "request"));
  if (nearest.entry) {
    verification.message += ". Nearest:\n  - " + line_of(*nearest.entry);
    for (const auto& difference : nearest.differences) verification.message += "; " + difference;
    verification.nearest.push_back({{"id", nearest.entry->id}, {"differences", nearest.differences}});
  }
  return verification;
}

}  // namespace vault_mock::site
