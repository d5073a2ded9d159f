// Which server of a Redis Cluster has which of its 16,384 slots.
//
// Source: redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec and …/commands/cluster-slots
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "redis/address.hpp"
#include "redis/client.hpp"

namespace vault_mock::redis {

inline constexpr std::uint16_t kSlots = 16'384;
inline constexpr std::size_t kMostServers = 512;  // of a cluster that have slots

// The CRC16 (XMODEM) of the key, or of what stands between its first { and the next }, unless that is empty.
std::uint16_t slot_of(std::string_view key);

// MOVED 3999 10.0.0.5:6381, ASK 3999 10.0.0.5:6381
struct Redirection {
  bool is_ask = false;
  std::uint16_t slot = 0;
  Address address;
};
// Nothing: it is another reply. A server that has no name for itself is `asked`'s host.
std::optional<Redirection> redirection_of(const Reply& reply, const Address& asked);

class SlotMap {
 public:
  // From a reply to CLUSTER SLOTS. Nothing: it is an error, has another form, or more than kMostServers.
  static std::optional<SlotMap> read(const Reply& reply, const Address& asked);

  const Address* find(std::uint16_t slot) const;         // nullptr: no server that is known
  void set(std::uint16_t slot, const Address& address);  // where there is room for another server
  const std::vector<Address>& addresses() const { return addresses_; }

 private:
  std::uint16_t index_of(const Address& address);  // 0: there is no room

  std::vector<Address> addresses_;
  std::vector<std::uint16_t> slots_ = std::vector<std::uint16_t>(kSlots);  // of addresses_, from 1; 0: none
};

}  // namespace vault_mock::redis
