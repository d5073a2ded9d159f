#include "redis/store_words.hpp"

#include <algorithm>
#include <set>

#include "spaces/space_name.hpp"
#include "text/number.hpp"

namespace vault_mock::redis {
namespace {

// A time that can be written: to the end of 9999.
constexpr std::chrono::milliseconds kFirst{0}, kLast{253'402'300'799'999};

using Why = spaces::TakeResult::Skipped::Why;

void add_states(std::vector<std::string>& words, const std::vector<spaces::TakeCandidate::State>& states) {
  for (const auto& state : states) {
    words.push_back(state.key);
    words.emplace_back(state.value ? "1" : "0");
    words.push_back(state.value.value_or(""));
  }
}

bool is_list(const Reply& reply, std::size_t least) {
  return reply.kind == Reply::Kind::list && reply.list.size() >= least;
}

std::optional<Why> read_why(std::string_view word) {
  if (word == "state") return Why::state;
  if (word == "times") return Why::times;
  if (word == "probability") return Why::probability;
  return std::nullopt;
}

// "<version> <text>"
std::optional<spaces::StoredValue> read_value(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto version = text::whole_number<spaces::StoreVersion>(text.substr(0, space));
  if (!version) return std::nullopt;
  return spaces::StoredValue{*version, std::string(text.substr(space + 1))};
}

// An entry of a stream with one field: { id, { field, text } }
const std::string* text_of_entry(const Reply& entry) {
  if (!is_list(entry, 2) || !is_list(entry.list[1], 2)) return nullptr;
  return &entry.list[1].list[1].text;
}

}  // namespace

std::optional<std::uint64_t> read_number(const Reply& reply) {
  if (reply.kind == Reply::Kind::text) return text::whole_number<std::uint64_t>(reply.text);
  if (reply.kind == Reply::Kind::integer && reply.integer >= 0)
    return static_cast<std::uint64_t>(reply.integer);
  return std::nullopt;
}

std::vector<std::string> words_of(const std::vector<spaces::TakeCandidate>& candidates) {
  std::vector<std::string> words;
  for (const auto& candidate : candidates) {
    words.push_back(candidate.count);
    words.push_back(candidate.times ? std::to_string(*candidate.times) : "");
    words.emplace_back(candidate.is_drawn ? "1" : "0");
    words.push_back(std::to_string(candidate.given.size()));
    words.push_back(std::to_string(candidate.sets.size()));
    add_states(words, candidate.given);
    add_states(words, candidate.sets);
  }
  return words;
}

std::optional<spaces::TakeResult> read_take(const Reply& reply) {
  if (!is_list(reply, 3) || !is_list(reply.list[2], 0)) return std::nullopt;
  const auto chosen = read_number(reply.list[0]), count = read_number(reply.list[1]);
  if (!chosen || !count) return std::nullopt;
  spaces::TakeResult result;
  result.count = *count;
  if (*chosen > 0) result.chosen = *chosen - 1;
  const auto& items = reply.list[2].list;
  if (items.size() % 5 != 0) return std::nullopt;
  for (auto item = items.begin(); item != items.end(); item += 5) {
    const auto place = read_number(item[0]), given = read_number(item[2]), has_value = read_number(item[3]);
    const auto why = read_why(item[1].text);
    if (!place || *place == 0 || !why || !given || !has_value) return std::nullopt;
    auto& skipped = result.skipped.emplace_back();
    skipped.candidate = *place - 1;
    skipped.why = *why;
    if (*given > 0) skipped.given = *given - 1;
    if (*has_value == 1) skipped.seen = item[4].text;
  }
  return result;
}

std::vector<std::string> words_of(const spaces::StoreChange& change) {
  const auto flag = [](bool is_set) { return is_set ? "1" : "0"; };
  std::vector<std::string> words{flag(change.counts), flag(change.journal), flag(change.sessions),
                                 std::to_string(change.values.size())};
  for (const auto& value : change.values) {
    words.push_back(value.key);
    words.push_back(std::to_string(value.from));
    words.emplace_back(flag(value.text.has_value()));
    words.push_back(value.text.value_or(""));
  }
  words.insert(words.end(), change.removed.begin(), change.removed.end());
  return words;
}

std::optional<spaces::StoreVersion> read_version(const Reply& reply) {
  return is_list(reply, 1) ? read_number(reply.list[0]) : std::nullopt;
}

std::optional<spaces::StoreSnapshot> read_snapshot(const Reply& reply, std::span<const std::string> keys) {
  if (!is_list(reply, 3) || !is_list(reply.list[2], 0) || reply.list[2].list.size() % 2 != 0)
    return std::nullopt;
  const auto version = read_number(reply.list[0]), generation = read_number(reply.list[1]);
  if (!version || !generation) return std::nullopt;
  spaces::StoreSnapshot snapshot{.version = *version, .generation = *generation, .values = {}};
  const auto& found = reply.list[2].list;
  std::set<std::string_view> missing(keys.begin(), keys.end());
  for (auto at = found.begin(); at != found.end(); at += 2) {
    auto value = read_value(at[1].text);
    if (!value) return std::nullopt;
    missing.erase(at[0].text);
    snapshot.values.emplace_back(at[0].text, std::move(*value));
  }
  for (const auto key : missing) snapshot.values.emplace_back(std::string(key), spaces::StoredValue{});
  return snapshot;
}

std::optional<spaces::StoreJournal> read_journal(const Reply& reply) {
  if (!is_list(reply, 5) || !is_list(reply.list[4], 0)) return std::nullopt;
  const auto last = read_number(reply.list[0]), cleared_to = read_number(reply.list[1]),
             clears = read_number(reply.list[2]), lost = read_number(reply.list[3]);
  if (!last || !cleared_to || !clears || !lost) return std::nullopt;
  spaces::StoreJournal journal{
      .last = *last, .cleared_to = *cleared_to, .clears = *clears, .lost = *lost, .entries = {}};
  for (const auto& entry : reply.list[4].list) {
    const auto* text = text_of_entry(entry);
    if (text == nullptr) return std::nullopt;
    const std::string_view id = entry.list[0].text;
    const auto number = text::whole_number<std::uint64_t>(id.substr(0, id.find('-')));
    if (!number) return std::nullopt;
    journal.entries.emplace_back(*number, *text);
  }
  return journal;
}

std::optional<std::vector<std::string>> read_stream(const Reply& reply) {
  if (!is_list(reply, 0)) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& entry : reply.list) {
    const auto* text = text_of_entry(entry);
    if (text == nullptr) return std::nullopt;
    texts.push_back(*text);
  }
  return texts;
}

std::optional<std::vector<std::pair<std::string, std::string>>> read_pairs(const Reply& reply) {
  if (!is_list(reply, 0) || reply.list.size() % 2 != 0) return std::nullopt;
  std::vector<std::pair<std::string, std::string>> pairs;
  for (auto at = reply.list.begin(); at != reply.list.end(); at += 2)
    pairs.emplace_back(at[0].text, at[1].text);
  return pairs;
}

std::optional<std::vector<spaces::StoredSpace>> read_spaces(const Reply& reply) {
  const auto pairs = read_pairs(reply);
  if (!pairs) return std::nullopt;
  std::vector<spaces::StoredSpace> found;
  for (const auto& [name, score] : *pairs) {
    const auto ms = text::whole_number<std::int64_t>(score);
    if (!ms || !spaces::is_space_name(name)) continue;  // somebody else's
    found.push_back(
        {.name = name, .last_used = spaces::Time(std::clamp(std::chrono::milliseconds(*ms), kFirst, kLast))});
  }
  return found;
}

}  // namespace vault_mock::redis
