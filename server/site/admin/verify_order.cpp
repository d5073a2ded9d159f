// Whether requests came one after the other.
#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "site/admin/judgement.hpp"
#include "site/admin/verify.hpp"
#include "text/counted.hpp"

namespace vault_mock::site {
namespace {

std::string line_of(const spaces::Entry& entry) {
  return fmt::format("{} {} of consumer '{}' answered {}", entry.method, entry.path, entry.consumer_id,
                     entry.status);
}

}  // namespace

// Each condition takes the first request after that of the one before: if that fails, every other choice does.
tl::expected<Verdict, net::Answer> verify_order(const AdminCall& call) {
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

  Verdict verdict;
  verdict.dropped = call.space->journal().dropped();
  std::shared_ptr<const spaces::Entry> last;
  Judgement nearest;
  for (const auto& entry : entries) {
    if (verdict.count == wanted) break;
    auto judgement = judge(entry, conditions[verdict.count]);
    const auto holds = judgement.holds();
    if (!holds) ++verdict.undecided;
    if (holds.value_or(false)) {
      ++verdict.count;
      last = entry;
      nearest = {};
    } else if (!nearest.entry || judgement.differences.size() < nearest.differences.size()) {
      nearest = std::move(judgement);
    }
  }
  verdict.pass = verdict.count == wanted;
  verdict.conclusive = verdict.pass || (verdict.dropped == 0 && verdict.undecided == 0);
  verdict.message =
      fmt::format("{} {} in this order, found the first {} among {} in space '{}'",
                  verdict.conclusive ? "Expected" : "Undecided: expected", text::counted(wanted, "request"),
                  verdict.count, entries.size(), call.space->name());
  if (verdict.pass) return verdict;
  verdict.message += fmt::format(". Nothing matches number {}{}", verdict.count + 1,
                                 last ? ", after " + line_of(*last) : std::string());
  if (verdict.dropped > 0)
    verdict.message +=
        fmt::format(". {} no longer in the journal", text::counted(verdict.dropped, "request"));
  if (nearest.entry) {
    verdict.message += ". Nearest:\n  - " + line_of(*nearest.entry);
    for (const auto& difference : nearest.differences) verdict.message += "; " + difference;
    verdict.nearest.push_back({{"id", nearest.entry->id}, {"differences", nearest.differences}});
  }
  return verdict;
}

}  // namespace vault_mock::site
