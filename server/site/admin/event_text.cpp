#include "site/admin/event_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "site/entry_json.hpp"
#include "text/json/json_document.hpp"
#include "text/printable.hpp"

namespace vault_mock::site {
namespace {

// Those that are not 0, by status; the unknown come first.
std::string counts_json(const spaces::StatusCounts& counts) {
  auto sorted = counts.counts();
  std::ranges::sort(sorted, {}, &spaces::StatusCounts::Count::status);
  std::string json;
  for (const auto& [status, answers] : sorted) {
    if (answers == 0) continue;
    const auto name =
        status == spaces::StatusCounts::kUnknown ? std::string("unknown") : std::to_string(status);
    fmt::format_to(std::back_inserter(json), "{}\"{}\":{}", json.empty() ? "" : ",", name, answers);
  }
  return "{" + json + "}";
}

std::string space_json(std::string_view space) {
  return space.empty() ? "null" : text::printable_json(text::quoted(space));
}

}  // namespace

void append_missed(std::string& to, std::uint64_t last, const spaces::StatusCounts& missed) {
  if (const auto count = missed.all(); count > 0)
    fmt::format_to(std::back_inserter(to),
                   "id: {}\nevent: missed\ndata: {{\"count\":{},\"by_status\":{}}}\n\n", last, count,
                   counts_json(missed));
}

void EventTexts::append_request(std::string& to, const spaces::FeedItem& item) {
  fmt::format_to(std::back_inserter(to), "id: {0}\nevent: request\ndata: {{\"sequence\":{0},", item.sequence);
  const auto number = item.entry->program_sequence;
  if (number != 0) {
    const text::MutexLock lock(mutex_);
    if (const auto& slot = slots_[number % kKept]; slot.program_sequence == number) {
      to.append(slot.summary).append("\n\n");
      return;
    }
  }
  Slot made{number, summary_behind_sequence(*item.entry)};
  to.append(made.summary).append("\n\n");
  if (number == 0 || made.summary.size() > kLongestKept) return;
  const text::MutexLock lock(mutex_);
  std::swap(slots_[number % kKept], made);
}

void append_reset(std::string& to, std::string_view space) {
  fmt::format_to(std::back_inserter(to), "event: reset\ndata: {{\"space\":{}}}\n\n", space_json(space));
}

void append_changed(std::string& to, std::string_view space, std::string_view what) {
  fmt::format_to(std::back_inserter(to), "event: changed\ndata: {{\"space\":{},\"what\":\"{}\"}}\n\n",
                 space_json(space), what);
}

}  // namespace vault_mock::site
