// Which server gets a command: the one there is, or that of a Redis Cluster which has the slot. In the
// client's thread alone, but for is_connected() and is_cluster().
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <poll.h>
#include <string>
#include <vector>

#include "redis/link.hpp"
#include "redis/slots.hpp"

namespace vault_mock::redis {

class Router final : public LinkOwner {
 public:
  Router(const Url& url, std::vector<std::string> channels, const Listeners& listeners, const Timing& timing,
         std::shared_ptr<const Wake> wake);

  void route(Command command);
  void flush();                             // what was routed goes out
  void watch(std::vector<pollfd>& polled);  // appends what poll() has to look at,
  void handle(const pollfd* polled);        // and takes the same in the same order
  // What has come due at `now`. To be called after what poll() found then was handled.
  void tick(Moment now);
  Moment next_tick() const;
  void lose_all(const std::string& why) noexcept;  // all connections; new ones are made
  void close(const std::string& why);              // for good

  bool is_connected() const { return is_connected_.load(std::memory_order_acquire); }
  bool is_cluster() const { return is_cluster_.load(std::memory_order_relaxed); }

 private:
  // One that is to be asked again, in a moment.
  struct Again {
    Moment when;
    Command command;
    Reply last;  // what it gets when its time is over
  };

  void on_ready(Link& link, const Reply& answer) override;
  void on_reply(Link& link, Command command, Reply reply) override;
  void on_published(std::string_view channel, std::string_view message) override;
  void on_lost(Link& link, const std::string& why) override;

  Link* link_to(const Address& address);  // nullptr: there are as many as there may be
  Link* any_ready() const;
  bool is_subscribed() const { return !subscription_ || subscription_->is_ready(); }
  void redirect(Command command, const Redirection& to, Reply reply);
  void ask_again(Command command, Reply last);
  void ask_for_slots(Link* preferred = nullptr);
  void take_slots(const Reply& answer, const Address& asked);
  Address next_for_subscription() const;
  void drop_leavers();
  template <typename Visit>
  void each_link(const Visit& visit) const;

  const Url& url_;
  const Listeners& listeners_;
  const Timing& timing_;
  const std::shared_ptr<const Wake> wake_;
  const Address first_;  // of the URL

  std::map<Address, std::unique_ptr<Link>> nodes_;  // that of the URL always
  std::unique_ptr<Link> subscription_;              // nullptr: there are no channels
  std::optional<SlotMap> slots_;                    // nothing: it is not a cluster, or not known yet
  bool is_asking_for_slots_ = false;
  std::vector<Again> again_;
  std::vector<Link*> watched_;
  std::atomic<bool> is_connected_{false}, is_cluster_{false};
};

}  // namespace vault_mock::redis
