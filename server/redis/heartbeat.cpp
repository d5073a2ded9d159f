#include "redis/heartbeat.hpp"

#include <algorithm>

#include "redis/message.hpp"
#include "redis/space_keys.hpp"
#include "redis/store_words.hpp"
#include "text/number.hpp"

namespace vault_mock::redis {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now().time_since_epoch()).count();
}

// Each asks for all: that grows with the square of their number. So, the more they are, the less often.
constexpr std::chrono::milliseconds kBetweenListsForEach{10};

constexpr std::size_t kFactsOfListed = 5;  // id, name, files, place, when it last spoke

}  // namespace

Heartbeat::Heartbeat(Client& client, Runner& runner, Replicas& replicas, Barrier& barrier, Times times,
                     Listeners listeners)
    : client_(client),
      runner_(runner),
      replicas_(replicas),
      barrier_(barrier),
      times_(times),
      listeners_(std::move(listeners)) {}

void Heartbeat::connected() {
  ++connections_;
  join();
}

void Heartbeat::join() {
  stage_ = Stage::listing;
  is_joined_ = false;
  has_list_ = false;
  joining_since_ms_ = steady_ms();
  beat(true);
}

void Heartbeat::lost() {
  runner_.forget_server_time();
  stage_ = Stage::away;
  is_joined_ = false;
}

void Heartbeat::tick() {
  if (stage_ == Stage::away) return;
  // Others may have taken this one for gone meanwhile: then they do not wait for it.
  if (stage_ == Stage::joined && !is_fresh()) join();
  const auto now = SteadyClock::now();
  if (now >= next_beat_) beat(stage_ == Stage::listing || now >= next_list_);
  if (stage_ != Stage::greeting) return;
  const auto missing = barrier_.missing(greeting_);
  if (!missing.empty() && now < greet_until_) return;
  replicas_.set_late(missing);
  barrier_.close(greeting_);
  stage_ = Stage::joined;
  is_joined_ = true;
  listeners_.joined();
}

void Heartbeat::beat(bool asks) {
  const auto now = SteadyClock::now();
  next_beat_ = now + times_.beat;
  const auto number = static_cast<std::int64_t>(replicas_.others().size() + 1);
  if (asks) next_list_ = now + std::max(times_.beat, number * kBetweenListsForEach);
  const auto& own = replicas_.own();
  check_generation();
  runner_.send(script_, {kReplicasKey},
               {own.id, own.name, own.files, claimed_ ? std::to_string(*claimed_) : "", asks ? "1" : "0",
                std::to_string(times_.gone.count())},
               [this, asks, connection = connections_](const Result& result) {
                 if (result && connection == connections_ && stage_ != Stage::away) beaten(*result, asks);
               });
  client_.send("", {"PUBLISH", channel_to(own.id), write_message({"beat", std::to_string(steady_ms())})},
               [](const Result&) {});
}

void Heartbeat::beaten(const Reply& reply, bool asked) {
  const bool is_list = reply.kind == Reply::Kind::list && reply.list.size() >= 3;
  const auto place = is_list ? read_number(reply.list[0]) : std::nullopt;
  const auto server_ms = is_list ? read_number(reply.list[1]) : std::nullopt;
  listeners_.beaten(reply.is_error()       ? std::string_view(reply.text)
                    : !place || !server_ms ? "its answer has another form"
                                           : std::string_view());
  if (!place || !server_ms) return;
  if (!client_.is_cluster()) runner_.set_server_time(std::chrono::milliseconds(*server_ms));
  claimed_ = static_cast<std::size_t>(*place);
  place_ = *claimed_;
  if (!asked) return;
  std::vector<spaces::ReplicaFacts> listed;
  const auto& facts = reply.list[2].list;
  for (std::size_t at = 0; at + kFactsOfListed <= facts.size(); at += kFactsOfListed) {
    const std::chrono::milliseconds seen(read_number(facts[at + 4]).value_or(0));
    listed.push_back({.id = facts[at].text,
                      .name = facts[at + 1].text,
                      .files = facts[at + 2].text,
                      .seen = spaces::Time(seen)});
  }
  replicas_.set_listed(std::move(listed));
  has_list_ = true;
  greet_when_ready();
}

void Heartbeat::greet_when_ready() {
  if (stage_ == Stage::listing && has_list_ && arrived_ms_ >= joining_since_ms_) greet();
}

void Heartbeat::greet() {
  stage_ = Stage::greeting;
  greet_until_ = SteadyClock::now() + times_.join;
  greeting_ = barrier_.open();
  barrier_.expect(greeting_, replicas_.others());
  const auto& own = replicas_.own();
  client_.send("",
               {"PUBLISH", kChangedChannel,
                write_message({"hello", own.id, std::to_string(greeting_), own.name, own.files})},
               [](const Result&) {});
}

// The first one who finds none gives the store a generation.
void Heartbeat::check_generation() {
  client_.send(kGenerationKey,
               {"SETNX", kGenerationKey, replicas_.own().id + "-" + std::to_string(steady_ms())},
               [](const Result&) {});
  client_.send(kGenerationKey, {"GET", kGenerationKey}, [this](const Result& result) {
    if (!result || result->kind != Reply::Kind::text) return;
    const bool is_another = !generation_.empty() && generation_ != result->text;
    generation_ = result->text;
    if (is_another) listeners_.emptied();
  });
}

void Heartbeat::arrived(std::string_view sent) {
  const auto ms = text::whole_number<std::int64_t>(sent);
  if (!ms || *ms > steady_ms()) return;  // anybody may publish
  arrived_ms_ = std::max(arrived_ms_.load(), *ms);
  greet_when_ready();
}

bool Heartbeat::is_fresh() const { return is_joined_ && steady_ms() < arrived_ms_ + times_.stale.count(); }

}  // namespace vault_mock::redis
