#include "redis/barrier.hpp"

#include <algorithm>

namespace vault_mock::redis {

std::uint64_t Barrier::open() {
  const std::lock_guard lock(mutex_);
  messages_.emplace(++last_, Message{.opened = std::chrono::steady_clock::now()});
  return last_;
}

void Barrier::expect(std::uint64_t number, Ids replicas, std::string subject) {
  const std::lock_guard lock(mutex_);
  const auto message = messages_.find(number);
  if (message == messages_.end()) return;
  message->second.expected = std::move(replicas);
  if (subject.empty()) return;
  subjects_[subject] = number;
  message->second.subject = std::move(subject);
}

std::optional<std::uint64_t> Barrier::find(const std::string& subject) const {
  const std::lock_guard lock(mutex_);
  const auto found = subjects_.find(subject);
  if (found == subjects_.end()) return std::nullopt;
  return found->second;
}

void Barrier::heard(std::uint64_t number, std::string_view replica) {
  const std::lock_guard lock(mutex_);
  const auto message = messages_.find(number);
  if (message == messages_.end()) return;
  message->second.heard.emplace(replica);
  someone_was_heard_.notify_all();
}

Barrier::Ids Barrier::missing_of(const Message& message) {
  Ids missing;
  std::ranges::copy_if(message.expected, std::back_inserter(missing),
                       [&](const auto& id) { return !message.heard.contains(id); });
  return missing;
}

Barrier::Ids Barrier::wait(std::uint64_t number, const Ids& left_out,
                           std::chrono::steady_clock::time_point until) {
  std::unique_lock lock(mutex_);
  const auto is_waited_for = [&](const auto& id) {
    return std::ranges::find(left_out, id) == left_out.end();
  };
  const auto missing = [&] {
    const auto message = messages_.find(number);
    return message == messages_.end() ? Ids() : missing_of(message->second);
  };
  someone_was_heard_.wait_until(lock, until, [&] { return std::ranges::none_of(missing(), is_waited_for); });
  return missing();
}

Barrier::Ids Barrier::missing(std::uint64_t number) const {
  const std::lock_guard lock(mutex_);
  const auto message = messages_.find(number);
  return message == messages_.end() ? Ids() : missing_of(message->second);
}

void Barrier::erase(std::map<std::uint64_t, Message>::iterator message) {
  const auto subject = subjects_.find(message->second.subject);
  if (subject != subjects_.end() && subject->second == message->first) subjects_.erase(subject);
  messages_.erase(message);
}

void Barrier::close(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  if (const auto message = messages_.find(number); message != messages_.end()) erase(message);
}

void Barrier::forget(std::chrono::steady_clock::time_point before) {
  const std::lock_guard lock(mutex_);
  while (!messages_.empty() && messages_.begin()->second.opened < before) erase(messages_.begin());
}

}  // namespace vault_mock::redis
