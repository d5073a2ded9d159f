#include "redis/link.hpp"

#include <algorithm>
#include <cerrno>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace vault_mock::redis {
namespace {

std::string in_words(int error) { return std::generic_category().message(error); }

// What a reply says of the whole server: nothing it can be asked is answered as it must be.
bool is_unfit(const Reply& reply) {
  return reply.is_error("LOADING") || reply.is_error("READONLY") || reply.is_error("MASTERDOWN");
}

}  // namespace

Link::Link(LinkOwner& owner, const Url& url, const Timing& timing, std::shared_ptr<const Wake> wake,
           Address address, std::vector<std::string> channels)
    : owner_(owner),
      url_(url),
      timing_(timing),
      wake_(std::move(wake)),
      address_(std::move(address)),
      channels_(std::move(channels)),
      pause_(timing.first_retry) {}

void Link::send(Command command) {
  if (state_ == State::ready) {
    put_command(std::move(command));
  } else if (!has_failed_) {
    held_.push_back(std::move(command));
  } else {
    command.lose(false, why_);
  }
}

void Link::put_command(Command command) {
  if (command.is_asking) put_words(Expected::Kind::nothing, {"ASKING"});
  const auto begin = put_;
  write(command.bytes);
  expected_.push_back({.kind = Expected::Kind::command,
                       .sent = std::chrono::steady_clock::now(),
                       .begin = begin,
                       .command = std::move(command)});
}

void Link::put_words(Expected::Kind kind, std::vector<std::string> words) {
  expected_.push_back({.kind = kind, .sent = std::chrono::steady_clock::now(), .begin = put_});
  write(encoded(words));
}

void Link::write(std::string_view bytes) {
  const auto before = out_.size();
  if (tls_) {
    tls_->encrypt(bytes, out_);
  } else {
    out_ += bytes;
  }
  put_ += out_.size() - before;
}

void Link::flush() {
  if (out_.empty() || state_ < State::securing) return;
  std::size_t done = 0;
  while (done < out_.size()) {
    const auto count = ::send(socket_.get(), out_.data() + done, out_.size() - done, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) break;  // what went wrong for good is found by reading
    done += static_cast<std::size_t>(count);
  }
  sent_ += done;
  out_.erase(0, done);
}

short Link::events() const {
  if (state_ == State::connecting) return POLLOUT;
  return out_.empty() ? POLLIN : POLLIN | POLLOUT;
}

void Link::handle(short events) {
  if (state_ == State::connecting) {
    if (events == 0) return;
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    if (error == 0) return on_connected();
    why_ = in_words(error);
    return connect_to_next();
  }
  if ((events & POLLOUT) != 0) flush();
  if ((events & ~POLLOUT) != 0) read();
}

void Link::read() {
  char buffer[64 * 1024];
  for (;;) {
    const auto count = ::recv(socket_.get(), buffer, sizeof buffer, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (count < 0) return lose(in_words(errno));
    if (count == 0) return lose("the server closed the connection");
    heard_ = std::chrono::steady_clock::now();
    if (!take({buffer, static_cast<std::size_t>(count)})) return;
    if (static_cast<std::size_t>(count) < sizeof buffer) return;
  }
}

bool Link::take(std::string_view bytes) {
  if (!tls_) return take_plain(bytes);
  const auto before = out_.size();
  const auto text = tls_->decrypt(bytes, out_);
  put_ += out_.size() - before;
  if (!text) return flush(), lose(text.error()), false;
  if (state_ == State::securing && tls_->is_established()) greet();
  flush();
  return text->empty() || take_plain(*text);
}

bool Link::take_plain(std::string_view bytes) {
  if (!reader_->feed(bytes)) return lose("there is no memory for its replies"), false;
  for (;;) {
    auto reply = reader_->next();
    if (!reply)
      return lose("it does not speak Redis' protocol (" + reply.error() + ")" +
                  (tls_ ? "" : "; with TLS, its address begins with rediss://")),
             false;
    if (!*reply) return true;
    if (!take_reply(std::move(**reply))) return false;
  }
}

bool Link::take_reply(Reply reply) {
  if (!channels_.empty() && reply.list.size() == 3 && reply.list[0].text == "message")
    return owner_.on_published(reply.list[1].text, reply.list[2].text), true;
  if (expected_.empty()) return lose("it sent a reply that nobody had asked for"), false;
  if (is_unfit(reply)) return lose("it cannot serve (" + reply.text + ")"), false;
  auto expected = std::move(expected_.front());
  expected_.pop_front();
  if (given_up_ > 0) --given_up_;
  if (expected.kind == Expected::Kind::nothing) return true;
  if (expected.kind != Expected::Kind::command) return take_greeting(expected.kind, reply);
  if (!expected.is_given_up) owner_.on_reply(*this, std::move(expected.command), std::move(reply));
  return true;
}

bool Link::take_greeting(Expected::Kind kind, const Reply& reply) {
  if (reply.is_error("NOAUTH"))
    return lose("it asks for a password, which goes into its address: redis://:PASSWORD@HOST"), false;
  if (reply.is_error() && kind == Expected::Kind::password)
    return lose("the password is refused (" + reply.text + ")"), false;
  if (reply.is_error() && kind == Expected::Kind::database)
    return lose("database " + std::to_string(url_.database) + " is refused (" + reply.text + ")"), false;
  if (reply.is_error() && kind == Expected::Kind::subscribed)
    return lose("subscribing is refused (" + reply.text + ")"), false;
  if (kind == Expected::Kind::password || kind == Expected::Kind::database) return true;
  if (kind == Expected::Kind::subscribed && ++subscribed_ < channels_.size()) return true;
  state_ = State::ready;
  has_failed_ = false;
  pause_ = timing_.first_retry;
  why_.clear();
  for (auto& command : std::exchange(held_, {})) put_command(std::move(command));
  owner_.on_ready(*this, reply);
  return true;
}

void Link::greet() {
  state_ = State::greeting;
  if (!url_.password.empty()) {
    std::vector<std::string> words{"AUTH"};
    if (!url_.user.empty()) words.push_back(url_.user);
    words.push_back(url_.password);
    put_words(Expected::Kind::password, std::move(words));
  }
  if (url_.database != 0) put_words(Expected::Kind::database, {"SELECT", std::to_string(url_.database)});
  if (channels_.empty()) return put_words(Expected::Kind::last_words, {"CLUSTER", "SLOTS"});
  std::vector<std::string> words{"SUBSCRIBE"};
  words.insert(words.end(), channels_.begin(), channels_.end());
  put_words(Expected::Kind::subscribed, std::move(words));
  for (std::size_t more = 1; more < channels_.size(); ++more)  // one confirmation for each channel
    expected_.push_back({.kind = Expected::Kind::subscribed, .sent = expected_.back().sent, .begin = put_});
}

}  // namespace vault_mock::redis
