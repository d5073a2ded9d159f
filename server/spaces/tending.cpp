// What the registry does about the bounds of the whole program, and what is said of it.
#include <algorithm>
#include <bit>
#include <string>

#include "spaces/registry.hpp"
#include "text/size.hpp"

namespace vault_mock::spaces {
namespace {

std::string words_for(Loss loss, std::uint64_t count, const Ledger& ledger, std::size_t most_spaces) {
  const auto limits = "--space-memory (" + text::format_size(ledger.limits().space) + ") and --memory (" +
                      text::format_size(ledger.limits().program) + ")";
  const auto so_far = " so far: " + std::to_string(count);
  switch (loss) {
    case Loss::requests:
      return "journals are full, the oldest requests are dropped," + so_far +
             ". They are kept up to --journal-size and within " + limits;
    case Loss::sessions:
      return "the oldest sessions are forgotten," + so_far +
             ". Their tokens stay valid. They are kept within " + limits;
    case Loss::consumers:
      return "the oldest consumers are forgotten," + so_far +
             ". They are kept up to 10,000 in a space and within " + limits;
    case Loss::counters:
      return "counts and states of rules are forgotten," + so_far +
             ", and their sequences start anew. They are kept up to 100,000 in a space and within " + limits;
    case Loss::spaces:
      return "there are more than " + std::to_string(most_spaces) +
             " spaces, those not used for longest are dropped," + so_far + ". See --max-spaces";
    case Loss::spaces_for_memory:
      return "all spaces together have no room in the memory, those not used for longest are dropped," +
             so_far + ". See --memory (" + text::format_size(ledger.limits().program) + ")";
    case Loss::refused:
      return "rules or connections were refused for want of memory," + so_far + ". They are taken within " +
             limits;
  }
  return "";
}

}  // namespace

// Those above their own limit first, then those not used for longest. Holds them meanwhile: none of them can
// be dropped before this has returned.
void Registry::shed_until(std::size_t enough) {
  auto spaces = by_use();
  std::stable_partition(spaces.begin(), spaces.end(),
                        [](const auto& space) { return space->account().is_over(); });
  for (const auto& space : spaces) {
    if (ledger_->used() <= enough) break;
    space->shed();
  }
}

std::vector<std::string> Registry::tend() {
  // Whoever is at it does this one's part too, or the next request will: a thread of the event loop never
  // waits for the shedding.
  if (!news_mutex_.try_lock()) return {};
  const text::MutexLock lock(news_mutex_, std::adopt_lock);
  if (ledger_->is_over()) {
    // Somewhat below the limit, so that this is not done for each request.
    const auto enough = ledger_->limits().program / 16 * 15;
    shed_until(enough);
    for (bool dropped = true; dropped && ledger_->is_over();) {
      std::shared_ptr<Space> space;
      const text::MutexLock spaces_lock(mutex_);
      space = drop_one(Loss::spaces_for_memory);
      dropped = space != nullptr;
    }
  }
  std::vector<std::string> lines;
  for (auto kinds = ledger_->take_news(); kinds != 0; kinds &= kinds - 1) {
    const auto kind = static_cast<std::size_t>(std::countr_zero(kinds));
    const auto loss = static_cast<Loss>(kind);
    const auto count = ledger_->lost(loss);
    if (told_[kind] != 0 && count < told_[kind] * 10) continue;
    told_[kind] = count;
    lines.push_back(words_for(loss, count, *ledger_, most_spaces_));
  }
  return lines;
}

}  // namespace vault_mock::spaces
