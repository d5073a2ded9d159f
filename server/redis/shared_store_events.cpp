// What SharedStore does in the client's thread.
#include <fmt/format.h>

#include "redis/message.hpp"
#include "redis/shared_store.hpp"
#include "redis/space_keys.hpp"
#include "text/number.hpp"
#include "text/shortened.hpp"

namespace vault_mock::redis {
namespace {

using SteadyClock = std::chrono::steady_clock;

// A message about a change that nobody has settled meanwhile is forgotten.
constexpr std::chrono::seconds kMessagesAreKept{10};

spaces::Time wall_time() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

void SharedStore::connected() {
  is_complete_.wait();
  {
    const std::lock_guard lock(mutex_);
    since_ = wall_time();
    why_ = "the connection was lost";  // until more is known
  }
  if (!kept_) kept_ = Kept{.last = parts_->writer.last(), .requests = parts_->writer.counts().requests};
  listener_->on_missed();
  parts_->runner.connected();
  parts_->heartbeat.connected();
}

void SharedStore::lost(std::string_view why) {
  is_complete_.wait();
  parts_->heartbeat.lost();
  bool is_new = false;
  {
    const std::lock_guard lock(mutex_);
    why_ = why;
    is_new = !std::exchange(is_told_, true);
    if (is_new) {
      since_ = wall_time();
      away_since_ = SteadyClock::now();
    }
  }
  if (is_new) tell_(true, "the store is away: " + std::string(why));
  tried();
}

void SharedStore::tried() {
  {
    const std::lock_guard lock(mutex_);
    was_tried_ = true;
  }
  is_tried_.notify_all();
}

void SharedStore::ticked() {
  is_complete_.wait();
  parts_->heartbeat.tick();
  parts_->writer.write();
  barrier_.forget(SteadyClock::now() - kMessagesAreKept);
}

void SharedStore::joined() {
  bool was_away = false;
  std::chrono::duration<double> away_for{};
  {
    const std::lock_guard lock(mutex_);
    was_away = std::exchange(is_told_, false);
    away_for = SteadyClock::now() - away_since_;
  }
  tried();
  const auto kept = std::exchange(kept_, std::nullopt).value_or(Kept{});
  if (!was_away) return;
  parts_->writer.when_written(kept.last, [this, away_for, requests = kept.requests] {
    tell_(false,
          fmt::format("the store is back after {:.1f} s, {} requests written", away_for.count(), requests));
  });
}

void SharedStore::emptied() {
  {
    const std::lock_guard lock(mutex_);
    emptied_ = wall_time();
  }
  tell_(true, "the store was emptied: what was set up in it is gone");
  listener_->on_missed();
}

// Without it, the others do not know of this replica, nor wait for it.
void SharedStore::beaten(std::string_view refusal) {
  bool is_first = false, is_over = false;
  {
    const std::lock_guard lock(mutex_);
    is_first = refusal_.empty() && !refusal.empty();
    is_over = !refusal_.empty() && refusal.empty();
    refusal_ = text::shortened(refusal);
  }
  if (is_first)
    tell_(true, "the store does not take the heartbeat of this replica: " + text::shortened(refusal));
  if (is_over) tell_(false, "the store takes the heartbeat of this replica again");
}

void SharedStore::heard(std::string_view message) {
  is_complete_.wait();
  const auto words = read_message(message);
  if (!words || words->size() < 2) return;
  const auto& what = words->front();
  const auto& replica = words->at(1);
  if (what == "beat") return parts_->heartbeat.arrived(replica);
  if (what == "changed" && words->size() >= 5) return heard_change(*words);
  if (replica == id_) return;
  if (what == "goodbye") return replicas_.remove(replica);
  if (words->size() < 3) return;
  const auto& number = words->at(2);
  if (what == "ack") {
    replicas_.heard(replica);
    if (const auto read = text::whole_number<std::uint64_t>(number)) barrier_.heard(*read, replica);
  } else if (what == "flush") {
    heard_flush(*words);
  } else if (what == "hello" && words->size() >= 5) {
    replicas_.add({.id = replica, .name = words->at(3), .files = words->at(4)});
    acknowledge(replica, number);
  }
}

void SharedStore::heard_change(const std::vector<std::string>& words) {
  const auto version = text::whole_number<spaces::StoreVersion>(words[4]);
  if (!version) return;
  const auto keys = std::span(words).subspan(5);
  if (keys.empty()) used_.forget(words[3]);  // it may have been removed
  const auto number = text::whole_number<std::uint64_t>(words[2]);
  if (words[1] == id_ && number && own_changes_.heard(*number)) return;
  listener_->on_changed(words[3], *version, keys);
  if (words[1] != id_) acknowledge(words[1], words[2]);
}

void SharedStore::heard_flush(const std::vector<std::string>& words) {
  auto& writer = parts_->writer;
  writer.when_written(writer.last(),
                      [this, replica = words[1], number = words[2]] { acknowledge(replica, number); });
  writer.write();
}

void SharedStore::acknowledge(const std::string& replica, const std::string& number) {
  client_->send("", {"PUBLISH", channel_to(replica), write_message({"ack", id_, number})},
                [](const Result&) {});
}

spaces::StoreStatus SharedStore::status() const {
  const auto counts = parts_->writer.counts();
  spaces::StoreStatus status{.is_away = !is_there(),
                             .why = {},
                             .since = std::nullopt,
                             .emptied = std::nullopt,
                             .waiting = counts.entries,
                             .dropped = counts.dropped,
                             .replicas = replicas_.facts()};
  const std::lock_guard lock(mutex_);
  if (status.is_away) {
    status.why = why_;
  } else if (!refusal_.empty()) {
    status.is_away = true;
    status.why = "it does not take the heartbeat of this replica: " + refusal_;
  }
  status.since = since_;
  status.emptied = emptied_;
  return status;
}

bool SharedStore::is_there() const { return client_ != nullptr && client_->is_connected(); }

bool SharedStore::is_fresh() const { return is_there() && parts_->heartbeat.is_fresh(); }

std::size_t SharedStore::place() const { return parts_->heartbeat.place(); }

}  // namespace vault_mock::redis
