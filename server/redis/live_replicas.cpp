#include "redis/live_replicas.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "redis/client.hpp"
#include "redis/space_keys.hpp"
#include "text/embedded.hpp"
#include "text/number.hpp"

namespace vault_mock::redis {
namespace {

constexpr std::chrono::seconds kPatience{2};
constexpr std::string_view kGoneAfterMs = "3000";
constexpr std::size_t kFactsOfOne = 4;  // id, name, files, when it last spoke

// What became of the first attempt to connect.
struct FirstAttempt {
  std::mutex mutex;
  std::condition_variable is_over;
  bool connected = false;
  std::string why = "it does not answer";

  void note(bool is_connected, std::string_view reason) {
    const std::lock_guard lock(mutex);
    connected = is_connected;
    if (!reason.empty()) why = reason;
    is_over.notify_all();
  }
};

}  // namespace

tl::expected<std::vector<spaces::ReplicaFacts>, std::string> live_replicas(const Url& url) {
  FirstAttempt attempt;
  Listeners listeners;
  listeners.connected = [&attempt] { attempt.note(true, ""); };
  listeners.lost = [&attempt](std::string_view why) { attempt.note(false, why); };
  Client client(url, {}, std::move(listeners));
  {
    std::unique_lock lock(attempt.mutex);
    attempt.is_over.wait_for(lock, kPatience, [&] { return attempt.connected; });
    if (!attempt.connected) return tl::unexpected(attempt.why);
  }
  const auto reply =
      client.call(kReplicasKey, {"EVAL", std::string(text::embedded_file("server/redis/scripts/alive.lua")),
                                 "1", std::string(kReplicasKey), std::string(kGoneAfterMs)});
  if (!reply) return tl::unexpected(reply.error().why);
  if (reply->is_error()) return tl::unexpected(reply->text);
  std::vector<spaces::ReplicaFacts> replicas;
  const auto& facts = reply->list;
  for (std::size_t at = 0; at + kFactsOfOne <= facts.size(); at += kFactsOfOne)
    replicas.push_back({.id = facts[at].text,
                        .name = facts[at + 1].text,
                        .files = facts[at + 2].text,
                        .seen = spaces::Time(std::chrono::milliseconds(
                            text::whole_number<std::int64_t>(facts[at + 3].text).value_or(0)))});
  return replicas;
}

}  // namespace vault_mock::redis
