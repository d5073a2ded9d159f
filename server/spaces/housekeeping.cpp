// Housekeeping of the registry: keeps all spaces within the program's memory, and words what was dropped.
#include <algorithm>
#include <bit>
#include <string>

#include "spaces/registry.hpp"
#include "text/size.hpp"

namespace vault_mock::spaces {
namespace {

std::string words_for(DropKind kind, std::uint64_t count, const Ledger& ledger, std::size_t most_spaces) {
  const auto limits = "--space-memory (" + text::format_size(ledger.limits().space) + ") and --memory (" +
                      text::format_size(ledger.limits().program) + ")";
  const auto so_far = " so far: " + std::to_string(count);
  switch (kind) {
    case DropKind::requests:
      return "journals are full, the oldest requests are dropped," + so_far +
             ". They are kept up to --journal-size and within " + limits;
    case DropKind::sessions:
      return "the oldest sessions are forgotten," + so_far +
             ". Their tokens stay valid. They are kept within " + limits;
    case DropKind::consumers:
      return "the oldest consumers are forgotten," + so_far +
             ". They are kept up to 10,000 in a space and within " + limits;
    case DropKind::counters:
      return "counts and states of rules are forgotten," + so_far +
             ", and their sequences start anew. They are kept up to 100,000 in a space and within " + limits;
    case DropKind::spaces:
      return "there are more than " + std::to_string(most_spaces) +
             " spaces, those not used for longest are dropped," + so_far + ". See --max-spaces";
    case DropKind::spaces_for_memory:
      return "all spaces together have no room in the memory, those not used for longest are dropped," +
             so_far + ". See --memory (" + text::format_size(ledger.limits().program) + ")";
    case DropKind::refused:
      return "rules or connections were refused for want of memory," + so_far + ". They are taken within " +
             limits;
  }
  return "";
}

}  // namespace

// Spaces above their own limit first, then the least recently used. Meanwhile all are in use, so none can be
// dropped.
void Registry::evict_until(std::size_t enough) {
  auto spaces = by_use();
  std::stable_partition(spaces.begin(), spaces.end(),
                        [](const auto& space) { return space->account().is_over(); });
  for (const auto& space : spaces) {
    if (ledger_->used() <= enough) break;
    space->evict_transient();
  }
}

std::vector<std::string> Registry::do_housekeeping() {
  // Another thread does this already, or the next request will: no thread of the event loop waits here.
  if (!housekeeping_mutex_.try_lock()) return {};
  const text::MutexLock lock(housekeeping_mutex_, std::adopt_lock);
  if (ledger_->is_over()) {
    // Somewhat below the limit, so that this is not done for each request.
    const auto enough = ledger_->limits().program / 16 * 15;
    evict_until(enough);
    for (bool dropped = true; dropped && ledger_->is_over();) {
      std::shared_ptr<Space> space;
      const text::MutexLock spaces_lock(mutex_);
      space = drop_one(DropKind::spaces_for_memory);
      dropped = space != nullptr;
    }
  }
  std::vector<std::string> lines;
  for (auto kinds = ledger_->take_unreported_drops(); kinds != 0; kinds &= kinds - 1) {
    const auto kind = static_cast<std::size_t>(std::countr_zero(kinds));
    const auto dropped_kind = static_cast<DropKind>(kind);
    const auto count = ledger_->dropped(dropped_kind);
    if (reported_[kind] != 0 && count < reported_[kind] * 10) continue;
    reported_[kind] = count;
    lines.push_back(words_for(dropped_kind, count, *ledger_, most_spaces_));
  }
  return lines;
}

}  // namespace vault_mock::spaces
