// A client of a server on 127.0.0.1, and what it told its listeners.
#pragma once

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "redis/client.hpp"
#include "support/eventually.hpp"
#include "support/redis_server.hpp"
#include "unit/app/folder.hpp"

namespace vault_mock::redis {

using support::eventually;
using support::RedisServer;

// Nothing is late only because the machine is busy.
inline constexpr Timing kPatient{.connect = std::chrono::seconds(30), .reply = std::chrono::seconds(30)};
// What is away is found out soon.
inline constexpr Timing kHasty{.connect = std::chrono::milliseconds(500),
                               .reply = std::chrono::milliseconds(250),
                               .first_retry = std::chrono::milliseconds(5),
                               .last_retry = std::chrono::milliseconds(20),
                               .idle = std::chrono::milliseconds(50)};

inline Url url_of(std::uint16_t port) {
  Url url;
  url.host = "127.0.0.1";
  url.port = port;
  return url;
}

class Talk {
 public:
  explicit Talk(const Url& url, Timing timing = kPatient, std::vector<std::string> channels = {"news"})
      : client_(url, std::move(channels), listeners(), timing) {}

  Client& client() { return client_; }
  // The texts of its reply: its own, or those of its list; an error's words; "lost: why".
  std::string ask(const std::vector<std::string>& words, std::string_view key = "") {
    const auto result = client_.call(key, words);
    if (!result) return "lost: " + result.error().why;
    if (result->kind == Reply::Kind::integer) return std::to_string(result->integer);
    if (result->kind == Reply::Kind::nil) return "nil";
    std::string text = result->text;
    for (const auto& each : result->list) text += (text.empty() ? "" : " ") + each.text;
    return text;
  }

  bool is_connected_in_time() {
    return eventually([this] { return client_.is_connected(); });
  }
  std::size_t times_connected() const {
    const std::lock_guard lock(mutex_);
    return connected_;
  }
  std::vector<std::string> heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  // Whether it was told that the server is away, for a reason that has these words.
  bool was_lost(std::string_view words) const {
    const std::lock_guard lock(mutex_);
    return std::ranges::any_of(
        lost_, [words](const std::string& why) { return why.find(words) != std::string::npos; });
  }
  std::string last_loss() const {
    const std::lock_guard lock(mutex_);
    return lost_.empty() ? "nothing was lost" : lost_.back();
  }

 private:
  Listeners listeners() {
    Listeners made;
    made.heard = [this](std::string_view channel, std::string_view message) {
      const std::lock_guard lock(mutex_);
      heard_.push_back(std::string(channel) + ": " + std::string(message));
    };
    made.connected = [this] {
      const std::lock_guard lock(mutex_);
      ++connected_;
    };
    made.lost = [this](std::string_view why) {
      const std::lock_guard lock(mutex_);
      lost_.emplace_back(why);
    };
    return made;
  }

  mutable std::mutex mutex_;
  std::size_t connected_ = 0;
  std::vector<std::string> heard_, lost_;
  Client client_;  // the last: its thread uses the others
};

// Tests with a real server; skipped where there is none.
class WithRedis : public testing::Test {
 protected:
  void SetUp() override {
    if (!RedisServer::is_installed()) GTEST_SKIP() << "redis-server is not installed";
  }
  std::unique_ptr<RedisServer> start(std::vector<std::string> options = {}, bool over_tls = false) {
    auto server = RedisServer::start(folder_.path(std::to_string(++servers_)), std::move(options), over_tls);
    if (!server) throw std::runtime_error(server.error());
    return std::move(*server);
  }
  const app::Folder& folder() const { return folder_; }

 private:
  app::Folder folder_;
  int servers_ = 0;
};

}  // namespace vault_mock::redis
