// A store in memory, for tests of spaces that share: as one in Redis, but for time and what gets lost.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "spaces/store.hpp"

namespace vault_mock::spaces {

// What several MemoryStores, one for each replica of a test, have in common.
class StoredMemory {
 public:
  struct State {
    StoreVersion version = 0, generation = 0;
    std::map<std::string, StoredValue> values = {};
    std::map<std::string, std::uint64_t> counts = {}, requests = {};
    std::map<std::string, std::string> states = {}, lasts = {};
    StoreJournal journal = {};
    std::vector<std::string> sessions = {};
  };

  std::recursive_mutex mutex;  // protects the following; held by whoever uses them
  std::map<std::string, State, std::less<>> spaces;
  std::vector<StoreListener*> listeners;
  StoreVersion last_version = 1'000;
  bool is_away = false;
  std::size_t most_in_part = 1'000;  // of a journal, however many are asked for
  std::uint64_t asked = 0;           // calls that waited
};

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(StoredMemory& memory) : memory_(memory) {}

  void start(StoreListener& listener) override {
    const std::lock_guard lock(memory_.mutex);
    place_ = memory_.listeners.size();
    memory_.listeners.push_back(&listener);
  }

  StoreReply<StoreChanged> change(std::string_view space, const StoreChange& change) override {
    return asked([&]() -> StoreChanged {
      auto& state = used(space);
      for (const auto& value : change.values)
        if (version_of(state, value.key) != value.from) return {.is_conflict = true};
      const auto version = ++memory_.last_version;
      std::vector<std::string> keys;
      for (const auto& prefix : change.removed)
        std::erase_if(state.values, [&](const auto& value) { return value.first.starts_with(prefix); });
      for (const auto& value : change.values) {
        keys.push_back(value.key);
        if (value.text)
          state.values[value.key] = {version, value.text};
        else
          state.values.erase(value.key);
      }
      state.version = version;
      if (change.counts) state.counts.clear(), state.states.clear(), state.lasts.clear();
      if (change.sessions) state.sessions.clear();
      if (change.journal) {
        state.journal.entries.clear();
        state.journal.cleared_to = state.journal.last;
        ++state.journal.clears;
      }
      if (!change.removed.empty()) keys.clear();
      tell(space, version, keys);
      return {.version = version};
    });
  }

  StoreReply<StoreVersion> remove(std::string_view space) override {
    return asked([&] {
      if (const auto known = memory_.spaces.find(space); known != memory_.spaces.end())
        memory_.spaces.erase(known);
      tell(space, ++memory_.last_version, {});
      return memory_.last_version;
    });
  }

  std::vector<std::string> settle(std::string_view, StoreVersion) override { return {}; }

  StoreReply<StoreSnapshot> load(std::string_view space, std::span<const std::string> keys) override {
    return asked([&]() -> StoreSnapshot {
      const auto known = memory_.spaces.find(space);
      if (known == memory_.spaces.end()) return {};
      StoreSnapshot snapshot{.version = known->second.version, .generation = known->second.generation};
      auto& values = known->second.values;
      for (const auto& key : keys)
        snapshot.values.emplace_back(key, values.contains(key) ? values[key] : StoredValue{});
      if (keys.empty()) snapshot.values.assign(values.begin(), values.end());
      return snapshot;
    });
  }

  StoreReply<TakeResult> take(std::string_view space, const std::vector<TakeCandidate>& candidates) override {
    return asked([&]() -> TakeResult {
      auto& state = used(space);
      TakeResult result;
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        const auto& rule = candidates[i];
        const auto seen = [&](const auto& given) {
          const auto known = state.states.find(given.key);
          return known == state.states.end() ? std::nullopt : std::optional(known->second);
        };
        const auto differs =
            std::ranges::find_if(rule.given, [&](const auto& given) { return seen(given) != given.value; });
        using Why = TakeResult::Skipped::Why;
        if (differs != rule.given.end()) {
          const auto place = static_cast<std::size_t>(differs - rule.given.begin());
          result.skipped.push_back({i, Why::state, place, seen(*differs)});
        } else if (rule.times && state.counts[rule.count] >= *rule.times) {
          result.skipped.push_back({i, Why::times});
        } else if (!rule.is_drawn) {
          result.skipped.push_back({i, Why::probability});
        } else {
          result.chosen = i;
          if (!rule.count.empty()) result.count = ++state.counts[rule.count];
          for (const auto& set : rule.sets)
            if (set.value)
              state.states[set.key] = *set.value;
            else
              state.states.erase(set.key);
          break;
        }
      }
      return result;
    });
  }

  void append(std::string_view space, std::vector<StoreEntry> entries) override {
    const std::lock_guard lock(memory_.mutex);
    auto& state = used(space);
    for (auto& entry : entries) switch (entry.kind) {
        case StoreEntry::Kind::request:
          state.journal.entries.emplace_back(++state.journal.last, std::move(entry.text));
          break;
        case StoreEntry::Kind::session:
          state.sessions.push_back(std::move(entry.text));
          break;
        case StoreEntry::Kind::count:
          ++state.counts[entry.key];
          state.lasts[entry.key] = entry.text;
          break;
        case StoreEntry::Kind::consumer:
          ++state.requests[entry.key];
          break;
        case StoreEntry::Kind::lost:
          state.journal.lost += std::stoull(entry.text);
          break;
        case StoreEntry::Kind::value:
          state.values.try_emplace(entry.key, StoredValue{++memory_.last_version, entry.text});
      }
  }

  StoreReply<std::vector<std::string>> flush() override {
    return asked([] { return std::vector<std::string>(); });
  }

  StoreReply<StoreJournal> journal(std::string_view space, std::uint64_t after, std::size_t most) override {
    return asked([&]() -> StoreJournal {
      auto part = std::as_const(used(space)).journal;
      std::erase_if(part.entries, [&](const auto& entry) { return entry.first <= after; });
      part.entries.resize(std::min({most, memory_.most_in_part, part.entries.size()}));
      return part;
    });
  }

  StoreReply<std::vector<std::string>> sessions(std::string_view space) override {
    return asked([&] { return used(space).sessions; });
  }

  StoreReply<std::vector<std::pair<std::string, std::string>>> counts(std::string_view space) override {
    return asked([&] {
      auto& state = used(space);
      std::vector<std::pair<std::string, std::string>> all;
      for (const auto& [key, count] : state.counts)
        all.emplace_back(key,
                         std::to_string(count) + (state.lasts.contains(key) ? " " + state.lasts[key] : ""));
      return all;
    });
  }

  StoreReply<std::vector<std::pair<std::string, std::string>>> consumer_counts(
      std::string_view space) override {
    return asked([&] {
      std::vector<std::pair<std::string, std::string>> all;
      for (const auto& [key, count] : used(space).requests) all.emplace_back(key, std::to_string(count));
      return all;
    });
  }

  StoreReply<std::vector<StoredSpace>> spaces() override {
    return asked([&] {
      std::vector<StoredSpace> all;
      for (const auto& [name, state] : memory_.spaces) all.push_back({.name = name});
      return all;
    });
  }

  StoreStatus status() const override { return {.is_away = memory_.is_away}; }
  bool is_there() const override { return !memory_.is_away; }
  bool is_fresh() const override { return !memory_.is_away; }
  std::size_t place() const override { return place_; }

 private:
  template <typename Do>
  auto asked(const Do& work) -> StoreReply<decltype(work())> {
    const std::lock_guard lock(memory_.mutex);
    if (memory_.is_away) return tl::unexpected(StoreAway{"out for lunch"});
    ++memory_.asked;
    return work();
  }

  StoredMemory::State& used(std::string_view space) {
    auto& state = memory_.spaces[std::string(space)];
    if (state.generation == 0) state.generation = state.version = ++memory_.last_version;
    return state;
  }

  static StoreVersion version_of(const StoredMemory::State& state, const std::string& key) {
    const auto known = state.values.find(key);
    return known == state.values.end() ? 0 : known->second.version;
  }

  void tell(std::string_view space, StoreVersion version, const std::vector<std::string>& keys) {
    for (auto* listener : memory_.listeners) listener->on_changed(space, version, keys);
  }

  StoredMemory& memory_;
  std::size_t place_ = 0;
};

}  // namespace vault_mock::spaces
