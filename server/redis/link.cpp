#include "redis/link.hpp"

#include <algorithm>
#include <cerrno>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

#include "redis/slots.hpp"
#include "text/shortened.hpp"

namespace vault_mock::redis {
namespace {

std::string in_words(int error) { return std::generic_category().message(error); }

constexpr std::size_t kMostUnsent = std::size_t{64} << 20;

constexpr const char* kTooLarge = "it sent a reply of more than 64 MB";
constexpr const char* kIsItTls = "; with TLS, its address begins with rediss://";

// What a reply says of the whole server: nothing it can be asked is answered as it must be.
bool is_unfit(const Reply& reply) {
  return reply.is_error("LOADING") || reply.is_error("READONLY") || reply.is_error("MASTERDOWN");
}

// Why CLUSTER SLOTS is refused where there is no cluster: it is not supported, not known or not allowed. Not:
// "ERR max number of clients reached", "DENIED Redis is running in protected mode …".
bool is_without_cluster(const Reply& reply) {
  return (reply.is_error("ERR") && !reply.text.starts_with("ERR max number of clients")) ||
         reply.is_error("NOPERM");
}

// A server that refuses a password may repeat it: "ERR unknown command 'AUTH', with args beginning with: …".
// So its words are not repeated, but for their code.
std::string why_refused(const Reply& reply) {
  if (reply.is_error("WRONGPASS")) return "WRONGPASS: user and password do not belong together";
  if (reply.is_error("ERR")) return "ERR: it asks for none, or knows no AUTH";
  if (reply.is_error("NOPERM")) return "NOPERM: it is not allowed to be given";
  return "for another reason";
}

constexpr std::string_view kHidden = "***";

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
  if (out_.size() > kMostUnsent)
    return command.lose(false, address_.in_words() + ": it does not take what it was sent before");
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
  if ((events & POLLOUT) != 0) {
    const auto before = sent_;
    flush();
    if (sent_ > before) heard_ = std::chrono::steady_clock::now();  // it takes what there was no room for
  }
  if ((events & ~POLLOUT) != 0) read();
}

void Link::read() {
  char buffer[64 * 1024];
  for (;;) {
    const auto count = ::recv(socket_.get(), buffer, sizeof buffer, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (count <= 0) {
      const auto words = count < 0 ? in_words(errno) : "the server closed the connection";
      return lose(state_ == State::greeting && !tls_ ? words + kIsItTls : words);
    }
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
  if (!reader_->feed(bytes))
    return lose(reader_->is_too_large() ? kTooLarge : "there is no memory for its replies"), false;
  for (;;) {
    auto reply = reader_->next();
    if (!reply && reader_->is_too_large()) return lose(kTooLarge), false;
    if (!reply)
      return lose("it does not speak Redis' protocol (" + reply.error() + ")" + (tls_ ? "" : kIsItTls)),
             false;
    if (!*reply) return true;
    if (!take_reply(std::move(**reply))) return false;
  }
}

bool Link::take_reply(Reply reply) {
  if (!channels_.empty() && reply.list.size() == 3 && reply.list[0].text == "message")
    return owner_.on_published(reply.list[1].text, reply.list[2].text), true;
  if (expected_.empty()) return lose("it sent a reply that nobody had asked for"), false;
  if (reply.is_error() && !redirection_of(reply, address_))
    reply.text = without_password(std::move(reply.text));
  auto expected = std::move(expected_.front());
  expected_.pop_front();
  if (given_up_ > 0) --given_up_;
  // Who asked gets the server's own words; all others are lost with the connection.
  const auto why = is_unfit(reply) ? "it cannot serve (" + text::shortened(reply.text) + ")" : std::string();
  if (expected.kind == Expected::Kind::command) {
    if (!expected.is_given_up) owner_.on_reply(*this, std::move(expected.command), std::move(reply));
    return why.empty() || (lose(why), false);
  }
  if (!why.empty()) return lose(why), false;
  if (expected.kind == Expected::Kind::nothing) return true;
  return take_greeting(expected.kind, reply);
}

// Whatever the server repeats of what it was told.
std::string Link::without_password(std::string text) const {
  if (url_.password.empty()) return text;
  // A code is needed, and is the server's own.
  const auto word = std::min(text.find(' '), text.size());
  const bool is_code = text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == word;
  for (auto at = is_code ? word : 0; (at = text.find(url_.password, at)) != std::string::npos;
       at += kHidden.size())
    text.replace(at, url_.password.size(), kHidden);
  return text;
}

bool Link::take_greeting(Expected::Kind kind, const Reply& reply) {
  if (reply.is_error("NOAUTH"))
    return lose("it asks for a password, which goes into its address: redis://:PASSWORD@HOST"), false;
  if (reply.is_error() && kind == Expected::Kind::password)
    return lose("the password is refused (" + why_refused(reply) + ")"), false;
  if (reply.is_error() && kind == Expected::Kind::database)
    return lose("database " + std::to_string(url_.database) + " is refused (" + text::shortened(reply.text) +
                ")"),
           false;
  if (reply.is_error() && kind == Expected::Kind::subscribed)
    return lose("subscribing is refused (" + text::shortened(reply.text) + ")"), false;
  if (reply.is_error() && !is_without_cluster(reply))
    return lose("it refuses to serve (" + text::shortened(reply.text) + ")"), false;
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
  why_ = "the server did not answer in time";
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
