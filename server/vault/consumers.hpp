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
  // Made when it is not there.
  Connection& add(const Connector& connector, Millis now);
  // `object`: JSON text without white space; its members are added to the metadata, or renewed there.
  void merge_metadata(std::string_view object);
};

// Not safe to share between threads: the space that owns it guards it. Bounded: of more than 10,000 consumers
// the one that was made first is forgotten.
class Consumers {
 public:
  static constexpr std::size_t kMost = 10'000;

  // Null: not there.
  Consumer* find(std::string_view application_id, std::string_view id);
  // Made when it is not there.
  Consumer& upsert(std::string_view application_id, std::string_view id, Millis now);
  bool erase(std::string_view application_id, std::string_view id);
  void clear();

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
  Consumer& rename_oldest(std::string_view application_id, std::string_view id, Millis now);
  static Name name_of(const Consumer& consumer) { return {consumer.application_id, consumer.id}; }

  std::list<Consumer> consumers_;
  std::unordered_map<Name, std::list<Consumer>::iterator, Hash> by_name_;  // views into consumers_
};

// The days from `from` to `to`, both included.
std::uint64_t count_requests(const Consumer& consumer, Millis from, Millis to);

// The vendor's Consumer. `connections`: the detailed view has them, the list does not.
enum class ConsumerView { listed, detailed };
nlohmann::ordered_json to_json(const Consumer& consumer, const Catalogue& catalogue, ConsumerView view);

}  // namespace vault_mock::vault
