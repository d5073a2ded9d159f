// One connection to one server: looks its address up, connects, greets (TLS, password, database), sends and
// reads. What is lost is tried again by itself, ever more slowly. All of it in the client's thread, where
// nothing may wait.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "redis/address.hpp"
#include "redis/command.hpp"
#include "redis/lookup.hpp"
#include "redis/reply_reader.hpp"
#include "redis/tls_session.hpp"

namespace vault_mock::redis {

class Link;

// What is told by a link. The link may be given commands meanwhile, but not be destroyed.
class LinkOwner {
 public:
  virtual ~LinkOwner() = default;
  // Connected and greeted. `answer` is that to the last words of the greeting.
  virtual void on_ready(Link& link, const Reply& answer) = 0;
  virtual void on_reply(Link& link, Command command, Reply reply) = 0;
  virtual void on_published(std::string_view channel, std::string_view message) = 0;
  // The attempt failed, or the connection is gone, and its commands get Lost. `why` names the server.
  virtual void on_lost(Link& link, const std::string& why) = 0;
};

class Link {
 public:
  // With channels, it only hears what is published on them. Without, the last words of its greeting are
  // CLUSTER SLOTS. `url` has all but the address.
  Link(LinkOwner& owner, const Url& url, const Timing& timing, std::shared_ptr<const Wake> wake,
       Address address, std::vector<std::string> channels);

  const Address& address() const { return address_; }
  void set_address(Address address);  // from the next attempt on
  bool is_ready() const { return state_ == State::ready; }
  bool is_idle() const { return expected_.empty() && held_.empty(); }

  // Sends it, or holds it until the first attempt to connect has led somewhere. Where the connection was
  // lost, the command is, too, at once.
  void send(Command command);
  void flush();  // what was given to it goes out

  int descriptor() const { return socket_.get(); }  // negative: none
  short events() const;                             // for poll()
  void handle(short events);
  // What has come due at `now`. To be called after what poll() found then was handled.
  void tick(Moment now);
  Moment next_tick() const;
  // Loses the connection, if there is one, whatever state an exception has left it in.
  void break_off(const std::string& why) noexcept;
  void close(const std::string& why);  // for good: what is under way is lost, and the owner is not told

 private:
  enum class State : std::uint8_t { resting, looking_up, connecting, securing, greeting, ready };
  struct Expected {
    enum class Kind : std::uint8_t { password, database, last_words, subscribed, nothing, command };
    Kind kind = Kind::nothing;  // nothing: what it says is not asked for, as of PING
    Moment sent{};
    std::uint64_t begin = 0;  // the first of its bytes, of all that were to be sent
    Command command{};
    bool is_given_up = false;
  };

  void begin();
  void connect_to_next();
  Moment next_step() const;
  void on_connected();
  void greet();
  void write(std::string_view bytes);
  void put(Expected::Kind kind, std::string_view bytes, Command command = {});
  void put_words(Expected::Kind kind, std::vector<std::string> words);
  void put_command(Command command);
  void read();
  bool take(std::string_view bytes);  // false: the connection is lost
  bool take_plain(std::string_view bytes);
  bool take_reply(Reply reply);
  std::string without_password(std::string text) const;
  bool take_greeting(Expected::Kind kind, const Reply& reply);
  void lose(const std::string& why);
  void lose_commands(const std::string& words);
  void give_up_late(Moment now);

  LinkOwner& owner_;
  const Url& url_;
  const Timing& timing_;
  const std::shared_ptr<const Wake> wake_;
  Address address_;
  const std::vector<std::string> channels_;

  State state_ = State::resting;
  bool has_failed_ = false;  // since it was ready, or ever
  std::chrono::milliseconds pause_;
  Moment attempt_{};                      // resting: when it begins; else when it began
  Moment next_address_{};                 // connecting: when the next one is tried
  std::shared_ptr<const Lookup> lookup_;  // for this attempt, or still under way from an earlier one
  std::size_t tried_ = 0;                 // of its addresses
  std::string why_;                       // the last one failed

  net::Descriptor socket_;
  std::unique_ptr<TlsSession> tls_;
  std::unique_ptr<ReplyReader> reader_;
  std::string out_;                   // yet to be sent
  std::uint64_t put_ = 0, sent_ = 0;  // bytes, of this connection
  std::size_t subscribed_ = 0;        // channels
  std::size_t given_up_ = 0;          // of the first in expected_
  Moment heard_{};                    // when it last sent something, or took what there was no room for
  std::deque<Expected> expected_;     // replies, in order
  std::deque<Command> held_;          // until the first attempt has led somewhere
};

}  // namespace vault_mock::redis
