// The consumers of a space and their connections. Made by whoever names one first: a session, a call of
// theirs, or POST /vault/consumers.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

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
  // changed: the metadata would be longer than kMostMetadata.
  [[nodiscard]] bool merge_metadata(std::string_view object);
  // For this day; of more than 1,000 days the earliest is forgotten.
  void count_request(Millis now);

  // In memory, as it was when Consumers last measured it.
  std::size_t bytes = 0;
  bool is_held = false;  // counted with those that have connections
};
constexpr std::size_t kMostMetadata = 1024 * 1024;

// Not safe to share between threads: the space that owns it guards it.
//
// Bounded: of more than 10,000 consumers, or of more bytes than the space allows, the one that was made first
// is forgotten; one without connections before any that has some. What has connections is only ever forgotten
// for the number, when all have some, and take_forgotten_with_connections() tells: beyond the bytes that are
// allowed, a change is refused.
//
// Whoever changed consumers calls measure() before the next one comes: sizes are those of the last time.
class Consumers {
 public:
  static constexpr std::size_t kMost = 10'000;

  // Null: not there.
  Consumer* find(std::string_view application_id, std::string_view id);
  // Made when it is not there.
  Consumer& upsert(std::string_view application_id, std::string_view id, Millis now);
  bool erase(std::string_view application_id, std::string_view id);
  void clear();

  // Puts a connection into its place, made from copy_or_new(). Null, and nothing has changed: there is no
  // room for what it adds.
  const Connection* keep(Consumer& consumer, const Connector& connector, Connection changed);
  // As the consumer's own; false also when it has connections and there is no room for what it adds.
  [[nodiscard]] bool merge_metadata(Consumer& consumer, std::string_view object);
  // By so many bytes connections and those who have some may grow until the
  // next measure().
  void set_room(std::size_t bytes) { room_ = bytes; }

  // Measures what was touched, then forgets consumers without connections until those take no more than
  // `most_bytes`, or one is left. → how many have been forgotten since the last time, for whatever bound
  std::size_t measure(std::size_t most_bytes);
  // Of those, the ones whose connections went with them: since the last time, too.
  std::size_t take_forgotten_with_connections() { return std::exchange(forgotten_with_connections_, 0); }
  // How many changes there was no room for since the last time.
  std::size_t take_refused() { return std::exchange(refused_, 0); }

  // Forgets all without connections. → how many
  std::size_t shed();
  std::size_t passing_bytes() const { return passing_bytes_; }  // of consumers without connections
  std::size_t held_bytes() const { return held_bytes_; }        // of those that have some

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
  // The oldest without connections; end(): there is none.
  Place oldest_passing();
  // Forgets until those without connections take no more than `most_bytes`, or one is left,
  // where one is to be.
  enum class Last { stays, goes };
  void forget_passing(std::size_t most_bytes, Last last);
  void touch(Consumer& consumer);
  void discount(const Consumer& consumer);
  static Name name_of(const Consumer& consumer) { return {consumer.application_id, consumer.id}; }

  std::list<Consumer> consumers_;
  Place passing_ = consumers_.end();  // all before it have connections, or had them until lately
  std::vector<Consumer*> touched_;
  std::size_t room_ = SIZE_MAX;
  std::size_t passing_bytes_ = 0, held_bytes_ = 0;
  std::size_t forgotten_ = 0, forgotten_with_connections_ = 0, refused_ = 0;
  std::unordered_map<Name, std::list<Consumer>::iterator, Hash> by_name_;  // views into consumers_
};

// The days from `from` to `to`, both included.
std::uint64_t count_requests(const Consumer& consumer, Millis from, Millis to);

// The vendor's Consumer. `connections`: the detailed view has them, the list does not.
enum class ConsumerView { listed, detailed };
nlohmann::ordered_json to_json(const Consumer& consumer, const Catalogue& catalogue, ConsumerView view);

}  // namespace vault_mock::vault
