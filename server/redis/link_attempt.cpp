// Link: how it comes to a connection, and how it loses one.
#include <algorithm>
#include <cerrno>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

#include "redis/link.hpp"

namespace vault_mock::redis {

void Link::begin() {
  // One that is still under way is waited for again: a resolver that hangs gets one thread, not one a second.
  if (!lookup_) lookup_ = Lookup::begin(address_, wake_);
  state_ = State::looking_up;
  attempt_ = std::chrono::steady_clock::now();
  why_ = "its name is still being looked up";
  tried_ = 0;
}

void Link::connect_to_next() {
  const auto& found = lookup_->found();
  while (tried_ < found.size()) {
    const auto& to = found[tried_++];
    socket_ = net::Descriptor(::socket(to.bytes.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    why_ = std::generic_category().message(errno);
    if (!socket_) continue;
    const int yes = 1;
    ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    state_ = State::connecting;
    // Addresses that do not answer at all leave time for the others.
    next_address_ = std::chrono::steady_clock::now() +
                    timing_.connect / static_cast<std::chrono::milliseconds::rep>(found.size());
    if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&to.bytes), to.size) == 0)
      return on_connected();
    if (errno == EINPROGRESS) return;
    why_ = std::generic_category().message(errno);
  }
  lose(why_);
}

void Link::set_address(Address address) {
  if (address == address_) return;
  address_ = std::move(address);
  lookup_.reset();
}

void Link::on_connected() {
  reader_ = std::make_unique<ReplyReader>();
  tls_.reset();
  out_.clear();
  put_ = sent_ = 0;
  subscribed_ = given_up_ = 0;
  heard_ = std::chrono::steady_clock::now();
  if (!url_.is_tls) {
    greet();
    return flush();
  }
  auto tls = TlsSession::create(url_, address_);
  if (!tls) return lose(tls.error());
  tls_ = std::move(*tls);
  state_ = State::securing;
  why_ = "it did not answer over TLS in time; without TLS, its address begins with redis://";
  take({});
}

void Link::tick(Moment now) {
  while (!held_.empty() && now >= held_.front().due) {
    held_.front().lose(false, address_.in_words() + ": it is not connected yet");
    held_.pop_front();
  }
  switch (state_) {
    case State::resting:
      if (now >= attempt_) begin();
      break;
    case State::looking_up:
      if (lookup_->is_done()) {
        why_ = lookup_->problem();
        connect_to_next();
      } else if (now >= attempt_ + timing_.connect) {
        lose(why_);
      }
      break;
    case State::connecting:
      if (now >= next_address_) {
        why_ = "it did not answer in time";
        connect_to_next();
      }
      break;
    case State::securing:
    case State::greeting:
      if (now >= attempt_ + timing_.connect) lose(why_);
      break;
    case State::ready:
      if (expected_.empty()) {
        if (now >= heard_ + timing_.idle) put_words(Expected::Kind::nothing, {"PING"});
      } else if (now >= std::max(expected_.front().sent, heard_) + timing_.reply) {
        lose("the server did not answer in time");
      } else {
        give_up_late(now);
      }
      break;
  }
}

Moment Link::next_tick() const {
  return held_.empty() ? next_step() : std::min(next_step(), held_.front().due);
}

Moment Link::next_step() const {
  switch (state_) {
    case State::resting:
      return attempt_;
    case State::looking_up:
      return lookup_->is_done() ? Moment{} : attempt_ + timing_.connect;
    case State::connecting:
      return next_address_;
    case State::securing:
    case State::greeting:
      return attempt_ + timing_.connect;
    case State::ready:
      break;
  }
  if (expected_.empty()) return heard_ + timing_.idle;
  const auto silent = std::max(expected_.front().sent, heard_) + timing_.reply;
  return given_up_ < expected_.size() ? std::min(silent, expected_[given_up_].sent + timing_.reply) : silent;
}

// The server answers, but more slowly than it is asked. The replies still come, in order. Those of the
// patient are waited for: what is repeated while its bytes still wait to be sent only makes more of them.
void Link::give_up_late(Moment now) {
  for (; given_up_ < expected_.size() && now >= expected_[given_up_].sent + timing_.reply; ++given_up_) {
    auto& late = expected_[given_up_];
    if (late.kind != Expected::Kind::command || late.command.patience == Patience::connection) continue;
    late.is_given_up = true;
    late.command.bytes = {};
    late.command.lose(true, address_.in_words() + ": the server did not answer in time");
  }
}

// Nothing that needs memory comes before all is as it must be.
void Link::lose(const std::string& why) {
  has_failed_ = true;
  socket_.close();
  std::string().swap(out_);
  reader_.reset();
  if (state_ != State::looking_up || lookup_->is_done()) lookup_.reset();
  state_ = State::resting;
  attempt_ = std::chrono::steady_clock::now() + pause_;
  pause_ = std::min(pause_ * 2, timing_.last_retry);
  why_ = address_.in_words() + ": " + why;
  const auto words = why_;
  owner_.on_lost(*this, words);
  lose_commands(words);
}

void Link::lose_commands(const std::string& words) {
  given_up_ = 0;
  for (auto& expected : std::exchange(expected_, {})) {
    if (expected.kind == Expected::Kind::command && !expected.is_given_up)
      expected.command.lose(sent_ > expected.begin, words);
  }
  for (auto& command : std::exchange(held_, {})) command.lose(false, words);
}

void Link::break_off(const std::string& why) noexcept {
  try {
    if (socket_) lose(why);
  } catch (...) {  // its commands are lost without words, then
    expected_.clear();
    held_.clear();
    given_up_ = 0;
  }
}

void Link::close(const std::string& why) {
  socket_.close();
  lose_commands(address_.in_words() + ": " + why);
}

}  // namespace vault_mock::redis
