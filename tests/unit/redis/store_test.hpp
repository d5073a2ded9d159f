// Replicas of this process that share a store in a real redis-server.
#pragma once

#include <condition_variable>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "redis/shared_store.hpp"
#include "support/eventually.hpp"
#include "support/redis_server.hpp"
#include "unit/app/folder.hpp"

namespace vault_mock::redis {

// What a replica was told of by its store. It can be made to block the thread that tells it.
class ToldListener final : public spaces::StoreListener {
 public:
  struct Changed {
    std::string space;
    spaces::StoreVersion version = 0;
    std::vector<std::string> keys;
  };

  void on_changed(std::string_view space, spaces::StoreVersion version,
                  std::span<const std::string> keys) override {
    std::unique_lock lock(mutex_);
    is_open_.wait(lock, [&] { return !is_blocked_; });
    changed_.push_back({std::string(space), version, {keys.begin(), keys.end()}});
  }
  void on_missed() override {
    const std::lock_guard lock(mutex_);
    ++missed_;
  }

  void block(bool is_blocked) {
    const std::lock_guard lock(mutex_);
    is_blocked_ = is_blocked;
    is_open_.notify_all();
  }
  std::vector<Changed> changed() const {
    const std::lock_guard lock(mutex_);
    return changed_;
  }
  int missed() const {
    const std::lock_guard lock(mutex_);
    return missed_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable is_open_;
  bool is_blocked_ = false;
  std::vector<Changed> changed_;
  int missed_ = 0;
};

class ToldLog {
 public:
  Tell tell() {
    return [this](bool, std::string_view text) {
      const std::lock_guard lock(mutex_);
      texts_ += std::string(text) + "\n";
    };
  }
  bool has(std::string_view part) const {
    const std::lock_guard lock(mutex_);
    return texts_.find(part) != std::string::npos;
  }
  std::string texts() const {
    const std::lock_guard lock(mutex_);
    return texts_;
  }

 private:
  mutable std::mutex mutex_;
  std::string texts_;
};

struct Replica {
  Replica(const std::string& url, SharedStore::Options options)
      : store(*read_url(url), std::move(options), log.tell()) {
    store.start(listener);
  }
  ~Replica() { listener.block(false); }

  ToldLog log;
  ToldListener listener;
  SharedStore store;
};

class StoreTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!support::RedisServer::is_installed()) GTEST_SKIP() << "redis-server is not installed";
    auto started = support::RedisServer::start(folder_.path());
    ASSERT_TRUE(started) << started.error();
    server = std::move(*started);
  }

  // Times are long: machines that test are slow, and only tests that fail wait for them.
  static SharedStore::Options options(const std::string& name) {
    SharedStore::Options options;
    options.name = name;
    options.files = "files";
    options.timing.reply = std::chrono::seconds(5);
    options.settle = std::chrono::seconds(20);
    options.flush = std::chrono::seconds(20);
    options.heartbeat.stale = std::chrono::seconds(20);
    options.heartbeat.gone = std::chrono::seconds(60);
    options.heartbeat.join = std::chrono::seconds(20);
    options.heartbeat.beat = std::chrono::milliseconds(50);
    return options;
  }
  std::unique_ptr<Replica> replica(const std::string& name) { return replica(options(name)); }
  std::unique_ptr<Replica> replica(SharedStore::Options options) {
    return std::make_unique<Replica>(url(), std::move(options));
  }
  std::string url() const { return "redis://127.0.0.1:" + std::to_string(server->port()); }
  // The reply of the server to one command.
  Reply ask(const std::vector<std::string>& words) const {
    Client client(*read_url(url()), {}, {}, {.reply = std::chrono::seconds(5)});
    const auto result = client.call("", words);
    EXPECT_TRUE(result) << result.error().why;
    return result.value_or(Reply{});
  }

 private:
  const app::Folder folder_;  // outlives the server

 protected:
  std::unique_ptr<support::RedisServer> server;
};

// What a change sets.
inline spaces::ValueChange value(std::string key, spaces::StoreVersion from,
                                 std::optional<std::string> text) {
  return {.key = std::move(key), .from = from, .text = std::move(text)};
}

inline spaces::StoreVersion set(SharedStore& store, const std::string& space, const std::string& key,
                                spaces::StoreVersion from, const std::string& text) {
  const auto changed = store.change(space, {.values = {value(key, from, text)}});
  EXPECT_TRUE(changed) << changed.error().why;
  if (!changed) return 0;
  EXPECT_FALSE(changed->is_conflict);
  return changed->version;
}

inline spaces::StoreEntry entry(spaces::StoreEntry::Kind kind, std::string key, std::string text) {
  return {.kind = kind, .key = std::move(key), .text = std::move(text)};
}

inline void append_request(SharedStore& store, const std::string& space, std::string text) {
  std::vector<spaces::StoreEntry> entries;
  entries.push_back(entry(spaces::StoreEntry::Kind::request, "", std::move(text)));
  store.append(space, std::move(entries));
}

// "1 one, 2 two"
inline std::string in_words(const spaces::StoreReply<spaces::StoreJournal>& journal) {
  if (!journal) return journal.error().why;
  std::string words;
  for (const auto& [number, text] : journal->entries)
    words.append(words.empty() ? "" : ", ").append(std::to_string(number)).append(" ").append(text);
  return words;
}

}  // namespace vault_mock::redis
