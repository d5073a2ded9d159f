#include "redis/router.hpp"

#include <algorithm>
#include <utility>

namespace vault_mock::redis {
namespace {

// A slot that moves has to settle: until then it is asked about so often, not as fast as servers answer.
constexpr std::chrono::milliseconds kAgain{10};
constexpr int kRedirections = 5;                       // one behind the other, before that
constexpr std::size_t kMostLinks = kMostServers + 16;  // with those of servers that left

}  // namespace

Router::Router(const Url& url, std::vector<std::string> channels, const Listeners& listeners,
               const Timing& timing, std::shared_ptr<const Wake> wake)
    : url_(url), listeners_(listeners), timing_(timing), wake_(std::move(wake)), first_{url.host, url.port} {
  link_to(first_);
  if (!channels.empty())
    subscription_ = std::make_unique<Link>(*this, url_, timing_, wake_, first_, std::move(channels));
}

template <typename Visit>
void Router::each_link(const Visit& visit) const {
  for (const auto& [address, link] : nodes_) visit(*link);
  if (subscription_) visit(*subscription_);
}

Link* Router::link_to(const Address& address) {
  const auto known = nodes_.find(address);
  if (known != nodes_.end()) return known->second.get();
  if (nodes_.size() >= kMostLinks) return nullptr;
  auto link = std::make_unique<Link>(*this, url_, timing_, wake_, address, std::vector<std::string>());
  return nodes_.emplace(address, std::move(link)).first->second.get();
}

Link* Router::any_ready() const {
  const auto found =
      std::find_if(nodes_.begin(), nodes_.end(), [](const auto& node) { return node.second->is_ready(); });
  return found == nodes_.end() ? nullptr : found->second.get();
}

void Router::route(Command command) {
  command.is_asking = false;
  if (!slots_ || !command.slot) {
    auto* ready = any_ready();
    return (ready != nullptr ? ready : link_to(first_))->send(std::move(command));
  }
  const auto* address = slots_->find(*command.slot);
  if (auto* link = address != nullptr ? link_to(*address) : nullptr; link != nullptr)
    return link->send(std::move(command));
  ask_for_slots();
  Reply nobody;
  nobody.kind = Reply::Kind::error;
  nobody.text = "CLUSTERDOWN No server is known for slot " + std::to_string(*command.slot);
  ask_again(std::move(command), std::move(nobody));
}

void Router::on_reply(Link& link, Command command, Reply reply) {
  if (reply.kind == Reply::Kind::error) {
    // Without a cluster, nobody has a reason to send this program elsewhere.
    if (const auto to = redirection_of(reply, link.address()); to && slots_)
      return redirect(std::move(command), *to, std::move(reply));
    if (reply.is_error("TRYAGAIN") || reply.is_error("CLUSTERDOWN")) {
      ask_for_slots();
      return ask_again(std::move(command), std::move(reply));
    }
  }
  command.done(std::move(reply));
}

void Router::redirect(Command command, const Redirection& to, Reply reply) {
  auto* link = link_to(to.address);
  if (!to.is_ask) {
    slots_->set(to.slot, to.address);
    ask_for_slots(link);  // which knows that it has this one
  }
  if (link == nullptr || std::chrono::steady_clock::now() >= command.due ||
      ++command.redirections % kRedirections == 0)
    return ask_again(std::move(command), std::move(reply));
  command.is_asking = to.is_ask;
  link->send(std::move(command));
}

void Router::ask_again(Command command, Reply last) {
  again_.push_back({std::chrono::steady_clock::now() + kAgain, std::move(command), std::move(last)});
}

void Router::ask_for_slots(Link* preferred) {
  auto* ready = preferred != nullptr && preferred->is_ready() ? preferred : any_ready();
  if (is_asking_for_slots_ || ready == nullptr) return;
  static const std::string kWords[] = {"CLUSTER", "SLOTS"};
  auto bytes = encoded(kWords);
  is_asking_for_slots_ = true;
  ready->send({.bytes = std::move(bytes),
               .slot = {},
               .due = {},
               .done = Done([this, asked = ready->address()](const Result& result) {
                 is_asking_for_slots_ = false;
                 if (result) take_slots(*result, asked);
               })});
}

void Router::take_slots(const Reply& answer, const Address& asked) {
  auto read = SlotMap::read(answer, asked);
  // Only the server of the URL can say that there is no cluster. One that has left its own knows no slots.
  if (read ? slots_ && read->addresses().empty() : asked != first_) return;
  slots_ = std::move(read);
  is_cluster_.store(slots_.has_value(), std::memory_order_relaxed);
}

void Router::on_ready(Link& link, const Reply& answer) {
  if (&link != subscription_.get()) take_slots(answer, link.address());
  if (is_connected() || any_ready() == nullptr || !is_subscribed()) return;
  is_connected_.store(true, std::memory_order_release);
  if (listeners_.connected) listeners_.connected();
}

void Router::on_published(std::string_view channel, std::string_view message) {
  if (listeners_.heard) listeners_.heard(channel, message);
}

void Router::on_lost(Link& link, const std::string& why) {
  if (slots_) {
    if (&link == subscription_.get()) link.set_address(next_for_subscription());
    ask_for_slots();
    // Any of the servers knows where the others are by now.
    if (any_ready() == nullptr)
      for (const auto& address : slots_->addresses()) link_to(address);
  }
  if (any_ready() != nullptr && is_subscribed()) return;
  is_connected_.store(false, std::memory_order_release);
  if (listeners_.lost) listeners_.lost(why);
}

Address Router::next_for_subscription() const {
  auto addresses = slots_->addresses();
  if (std::find(addresses.begin(), addresses.end(), first_) == addresses.end()) addresses.push_back(first_);
  const auto current = std::find(addresses.begin(), addresses.end(), subscription_->address());
  return current >= addresses.end() - 1 ? addresses.front() : *(current + 1);
}

// Servers that left the cluster.
void Router::drop_leavers() {
  if (!slots_) return;
  const auto& addresses = slots_->addresses();
  std::erase_if(nodes_, [&](const auto& node) {
    return node.first != first_ && node.second->is_idle() &&
           std::find(addresses.begin(), addresses.end(), node.first) == addresses.end();
  });
}

void Router::flush() {
  each_link([](Link& link) { link.flush(); });
}

void Router::watch(std::vector<pollfd>& polled) {
  watched_.clear();
  each_link([&](Link& link) {
    if (link.descriptor() < 0) return;
    watched_.push_back(&link);
    polled.push_back({.fd = link.descriptor(), .events = link.events(), .revents = 0});
  });
}

void Router::handle(const pollfd* polled) {
  for (auto* link : watched_) {
    if (polled->revents != 0) link->handle(polled->revents);
    ++polled;
  }
}

void Router::tick(Moment now) {
  each_link([now](Link& link) { link.tick(now); });
  const auto waits = std::stable_partition(again_.begin(), again_.end(),
                                           [now](const Again& each) { return each.when <= now; });
  std::vector<Again> due(std::make_move_iterator(again_.begin()), std::make_move_iterator(waits));
  again_.erase(again_.begin(), waits);
  for (auto& each : due) {
    if (now < each.command.due) {
      route(std::move(each.command));
    } else {
      each.command.done(std::move(each.last));
    }
  }
  drop_leavers();
}

Moment Router::next_tick() const {
  auto next = Moment::max();
  each_link([&next](const Link& link) { next = std::min(next, link.next_tick()); });
  for (const auto& each : again_) next = std::min(next, each.when);
  return next;
}

void Router::lose_all(const std::string& why) noexcept {
  again_.clear();
  is_asking_for_slots_ = false;
  each_link([&why](Link& link) { link.break_off(why); });
}

void Router::close(const std::string& why) {
  is_connected_.store(false, std::memory_order_release);
  each_link([&why](Link& link) { link.close(why); });
  for (auto& each : std::exchange(again_, {})) each.command.lose(false, why);
}

}  // namespace vault_mock::redis
