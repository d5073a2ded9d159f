#include "redis/replicas.hpp"

#include <algorithm>

namespace vault_mock::redis {
namespace {

using SteadyClock = std::chrono::steady_clock;

spaces::Time wall_now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

Replicas::Replicas(spaces::ReplicaFacts own, std::chrono::milliseconds gone_after, Tell tell)
    : own_id_(own.id), gone_after_(gone_after), tell_(std::move(tell)), own_(std::move(own)) {}

spaces::ReplicaFacts Replicas::own() const {
  const std::lock_guard lock(mutex_);
  return own_;
}

void Replicas::introduce(std::string name, std::string files) {
  const std::lock_guard lock(mutex_);
  own_.name = std::move(name);
  own_.files = std::move(files);
}

void Replicas::keep(spaces::ReplicaFacts replica, bool is_listed) {
  if (replica.id == own_id_) return;
  bool is_stranger = false;
  {
    const std::lock_guard lock(mutex_);
    const auto [member, added] = others_.try_emplace(replica.id, Member{replica, SteadyClock::now()});
    is_stranger = replica.files != own_.files && (added || member->second.facts.files != replica.files);
    auto& [facts, heard] = member->second;
    if (facts.seen != replica.seen) heard = SteadyClock::now();
    // That one is listed does not say that it hears: only its own words do.
    const bool is_late = is_listed && facts.is_late;
    facts = replica;
    facts.is_late = is_late;
  }
  if (is_stranger)
    tell_(true, "replica " + replica.name +
                    " answers otherwise: its rule files, secret or options differ from those here");
}

void Replicas::set_listed(std::vector<spaces::ReplicaFacts> listed) {
  for (const auto& replica : listed) keep(replica, true);
  const auto is_listed = [&](const std::string& id) {
    return std::ranges::find(listed, id, &spaces::ReplicaFacts::id) != listed.end();
  };
  std::vector<std::string> gone;
  {
    const std::lock_guard lock(mutex_);
    // One that is not listed may be new, or the store was emptied.
    const auto long_ago = SteadyClock::now() - gone_after_;
    std::erase_if(others_, [&](const auto& member) {
      if (is_listed(member.first) || member.second.heard >= long_ago) return false;
      gone.push_back(member.second.facts.name);
      return true;
    });
  }
  for (const auto& name : gone) tell_(true, "replica " + name + " is gone");
}

void Replicas::add(spaces::ReplicaFacts replica) {
  replica.seen = wall_now();
  keep(std::move(replica), false);
}

void Replicas::remove(std::string_view id) {
  const std::lock_guard lock(mutex_);
  if (const auto member = others_.find(id); member != others_.end()) others_.erase(member);
}

void Replicas::heard(std::string_view id) {
  std::string back;
  {
    const std::lock_guard lock(mutex_);
    const auto member = others_.find(id);
    if (member == others_.end()) return;
    member->second.heard = SteadyClock::now();
    if (std::exchange(member->second.facts.is_late, false)) back = member->second.facts.name;
  }
  if (!back.empty()) tell_(false, "replica " + back + " is not late any more");
}

std::vector<std::string> Replicas::set_late(const Ids& ids) {
  std::vector<std::string> names, told;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& id : ids) {
      const auto member = others_.find(id);
      if (member == others_.end()) continue;  // it is gone meanwhile
      auto& facts = member->second.facts;
      names.push_back(facts.name);
      if (!std::exchange(facts.is_late, true)) told.push_back(facts.name);
    }
  }
  for (const auto& name : told) tell_(true, "replica " + name + " is late");
  return names;
}

Replicas::Ids Replicas::others() const {
  const std::lock_guard lock(mutex_);
  Ids ids;
  for (const auto& [id, member] : others_) ids.push_back(id);
  return ids;
}

Replicas::Ids Replicas::late() const {
  const std::lock_guard lock(mutex_);
  Ids ids;
  for (const auto& [id, member] : others_)
    if (member.facts.is_late) ids.push_back(id);
  return ids;
}

std::vector<spaces::ReplicaFacts> Replicas::facts() const {
  const std::lock_guard lock(mutex_);
  std::vector<spaces::ReplicaFacts> facts{own_};
  facts.front().is_own = true;
  facts.front().seen = wall_now();
  for (const auto& [id, member] : others_) facts.push_back(member.facts);
  return facts;
}

}  // namespace vault_mock::redis
