// The consumers of a space and their connections. A consumer is made by the first request that names it: a
// session, a call of its own, or POST /vault/consumers.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/json/fast_json.hpp"
#include "vault/connection.hpp"

namespace vault_mock::vault {

constexpr std::string_view kNoMetadata = "{}";

struct Consumer {
  std::string id;
  std::string application_id;
  std::string metadata{
      kNoMetadata};  // an object, as JSON text: there are thousands of them, and few are looked at
  Millis created;
  Millis modified;
  std::map<std::string, Connection, std::less<>> connections;          // by connector id
  std::map<std::chrono::sys_days, std::uint64_t> vault_requests = {};  // by day

  const Connection* find(const Connector& connector) const;
  // A copy to change, or a new one. Consumers::keep() puts it in its place.
  Connection copy_or_new(const Connector& connector, Millis now) const;
  // `object`: JSON text of an object, without white space and with each key once, as text::dump() writes it.
  // Its members are added to the metadata, or replace those of the same name, whole. False, and nothing has
  // changed: the metadata would be longer than kMostMetadata. `members`: what FastJson read that object to,
  // from the caller who has it; null: it is read here.
  [[nodiscard]] bool merge_metadata(std::string_view object, const text::FastValue* members = nullptr);
  // For this day; of more than 1,000 days the earliest is forgotten.
  void count_request(Millis now);

  // Its size in memory when Consumers last measured it, and whether it had connections then.
  std::size_t bytes = 0;
  bool is_pinned = false;
};
constexpr std::size_t kMostMetadata = std::size_t{1} << 20;

// Bounded in number and in bytes. Consumers without connections are transient: the oldest of them is
// forgotten first. Consumers with connections are pinned: a change for which there is no room is refused.
// Only when there are more than 10,000 and all of them have connections is the oldest of those forgotten, and
// take_forgotten_with_connections() counts it.
//
// After changes, and before anybody else uses the consumers, call measure(): sizes are those of the last
// call.
//
// Not safe to share between threads: the space that owns it guards it.
class Consumers {
 public:
  static constexpr std::size_t kMost = 10'000;

  // Null: there is no such consumer.
  Consumer* find(std::string_view application_id, std::string_view id);
  // The consumer; it is made when there is none.
  Consumer& upsert(std::string_view application_id, std::string_view id, Millis now);
  bool erase(std::string_view application_id, std::string_view id);
  void clear();

  // Stores a connection that was made by Consumer::copy_or_new() and changed. Null, and nothing is stored:
  // there is no room for what it adds.
  const Connection* keep(Consumer& consumer, const Connector& connector, Connection changed);
  // Stores the connection as `action`, which gets a copy or a new one, has changed it: as a whole or not at
  // all.
  template <typename Action>
  const Connection* change(Consumer& consumer, const Connector& connector, Millis now, const Action& action) {
    auto changed = consumer.copy_or_new(connector, now);
    action(changed);
    changed.updated_at = now;
    return keep(consumer, connector, std::move(changed));
  }
  // Forgets a connection. False: there is none.
  bool drop(Consumer& consumer, const Connector& connector);
  // As Consumer::merge_metadata(); false also when the consumer is pinned and there is no room for what it
  // adds.
  [[nodiscard]] bool merge_metadata(Consumer& consumer, std::string_view object,
                                    const text::FastValue* members = nullptr);
  // Takes over a consumer as another replica left it, whatever room there is. Requests by day stay.
  void put(Consumer consumer);

  // Puts them in the order in which they were made, in all replicas the same.
  void sort();

  // What became of a consumer while changes were watched.
  struct Watched {
    Consumer* known = nullptr;  // null: it was erased
    std::optional<Consumer> before =
        {};  // nothing: it was made meanwhile. Without connections that are the same
    std::string application_id = {}, id = {};
    bool has_other_connections = false;

    // Whether others must hear of it before they use it.
    bool is_changed() const;
  };
  // From now on, notes how consumers were before they were used.
  void watch() { watched_.emplace(); }
  // Ends that. What it points to is good until the next use.
  std::vector<Watched> take_watched();
  // Makes the consumer what it was before.
  void undo(Watched watched);

  // How many bytes the pinned consumers may grow by until the next measure().
  void set_room(std::size_t bytes) { room_ = bytes; }

  // Measures the consumers that were used, then forgets transient ones until those take no more than
  // `most_bytes` or one is left. → how many were forgotten since the last call, for whatever bound
  std::size_t measure(std::size_t most_bytes);
  // How many of those had connections, since the last call.
  std::size_t take_forgotten_with_connections() { return std::exchange(forgotten_with_connections_, 0); }
  // How often a connection was kept or may have gone, since the last call.
  std::size_t take_changes_of_connections() { return std::exchange(changes_of_connections_, 0); }
  // How many changes were refused for want of room, since the last call.
  std::size_t take_refused() { return std::exchange(refused_, 0); }

  // Forgets all transient consumers. → how many were forgotten since the last call of this or measure()
  std::size_t evict_transient();
  std::size_t transient_bytes() const { return transient_bytes_; }  // of consumers without connections
  std::size_t pinned_bytes() const { return pinned_bytes_; }        // of those that have some

  const std::list<Consumer>& oldest_first() const { return consumers_; }

 private:
  struct Name {
    std::string_view application, consumer;
    friend bool operator==(const Name&, const Name&) = default;
  };
  struct Hash {
    std::size_t operator()(const Name& name) const {
      constexpr std::hash<std::string_view> kHash;
      return kHash(name.application) * 31 + kHash(name.consumer);
    }
  };
  using Place = std::list<Consumer>::iterator;

  Consumer& rename_oldest(std::string_view application_id, std::string_view id, Millis now);
  // The oldest transient consumer; end(): there is none.
  Place oldest_transient();
  // Forgets transient consumers until they take no more than `most_bytes`; with Last::stays, one is left.
  enum class Last { stays, goes };
  void evict_transient_above(std::size_t most_bytes, Last last);
  void touch(Consumer& consumer);
  void note_use(Consumer& consumer, bool is_new);
  void note_change_of_connections(const Consumer& consumer);
  void forget(Place consumer);
  void discount(const Consumer& consumer);
  static Name name_of(const Consumer& consumer) { return {consumer.application_id, consumer.id}; }

  std::list<Consumer> consumers_;
  Place transient_ = consumers_.end();  // all before it have connections, or had them until lately
  std::vector<Consumer*> touched_;
  std::optional<std::vector<Watched>> watched_;  // nothing: changes are not watched
  std::size_t room_ = SIZE_MAX;
  std::size_t transient_bytes_ = 0, pinned_bytes_ = 0;
  std::size_t forgotten_ = 0, forgotten_with_connections_ = 0, refused_ = 0, changes_of_connections_ = 0;
  std::unordered_map<Name, std::list<Consumer>::iterator, Hash> by_name_;  // views into consumers_
};

// The days from `from` to `to`, both included.
std::uint64_t count_requests(const Consumer& consumer, Millis from, Millis to);

// Which consumers a list has. Documented: a prefix of the id, and a part of id, e-mail, account or user name;
// both must hold. Unknown: whether case counts; in `search` it does not here.
struct ConsumersFilter {
  std::string id_prefix, search;  // empty: any

  bool takes(const Consumer& consumer) const;
};

// The vendor's Consumer. `connections`: the detailed view has them, the list does not.
enum class ConsumerView { listed, detailed };
nlohmann::ordered_json to_json(const Consumer& consumer, const Catalogue& catalogue, ConsumerView view);

}  // namespace vault_mock::vault
