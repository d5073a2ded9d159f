#include "redis/slots.hpp"

#include <algorithm>
#include <array>

#include "text/number.hpp"

namespace vault_mock::redis {
namespace {

constexpr std::array<std::uint16_t, 256> crc_table() {
  std::array<std::uint16_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t crc = byte << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
    table[byte] = static_cast<std::uint16_t>(crc & 0xffff);
  }
  return table;
}

std::uint16_t crc16(std::string_view text) {
  static constexpr auto kTable = crc_table();
  std::uint16_t crc = 0;
  for (const char c : text)
    crc = static_cast<std::uint16_t>(crc << 8 ^ kTable[(crc >> 8 ^ static_cast<unsigned char>(c)) & 0xff]);
  return crc;
}

std::string_view hashed_part(std::string_view key) {
  const auto open = key.find('{');
  if (open == std::string_view::npos) return key;
  const auto close = key.find('}', open + 1);
  return close == std::string_view::npos || close == open + 1 ? key : key.substr(open + 1, close - open - 1);
}

std::optional<std::uint16_t> slot_in(const Reply& reply) {
  if (reply.kind != Reply::Kind::integer || reply.integer < 0 || reply.integer >= kSlots) return std::nullopt;
  return static_cast<std::uint16_t>(reply.integer);
}

// Host, port and more; the host may be unknown: nil, empty or "?".
std::optional<Address> address_in(const Reply& reply, const Address& asked) {
  if (reply.list.size() < 2 || reply.list[1].integer < 1 || reply.list[1].integer > 65'535)
    return std::nullopt;
  const auto& host = reply.list[0].text;
  return Address{host.empty() || host == "?" ? asked.host : host,
                 static_cast<std::uint16_t>(reply.list[1].integer)};
}

}  // namespace

std::uint16_t slot_of(std::string_view key) { return crc16(hashed_part(key)) % kSlots; }

std::optional<Redirection> redirection_of(const Reply& reply, const Address& asked) {
  const bool is_ask = reply.is_error("ASK");
  if (!is_ask && !reply.is_error("MOVED")) return std::nullopt;
  auto rest = std::string_view(reply.text);
  rest.remove_prefix(std::min<std::size_t>(is_ask ? 4 : 6, rest.size()));
  const auto slot = text::whole_number<std::uint16_t>(rest.substr(0, rest.find(' ')));
  rest.remove_prefix(std::min(rest.find(' '), rest.size() - 1) + 1);
  const auto colon = rest.rfind(':');
  if (!slot || *slot >= kSlots || colon == std::string_view::npos) return std::nullopt;
  const auto port = text::whole_number<std::uint16_t>(rest.substr(colon + 1));
  if (!port || *port == 0) return std::nullopt;
  const auto host = rest.substr(0, colon);
  return Redirection{is_ask, *slot, {std::string(host.empty() || host == "?" ? asked.host : host), *port}};
}

std::optional<SlotMap> SlotMap::read(const Reply& reply, const Address& asked) {
  if (reply.kind != Reply::Kind::list || reply.list.size() > kSlots) return std::nullopt;
  SlotMap map;
  for (const auto& range : reply.list) {
    if (range.list.size() < 3) return std::nullopt;
    const auto first = slot_in(range.list[0]);
    const auto last = slot_in(range.list[1]);
    const auto address = address_in(range.list[2], asked);  // those behind it are its replicas
    if (!first || !last || !address) return std::nullopt;
    const auto index = map.index_of(*address);
    if (index == 0) return std::nullopt;
    for (std::uint32_t slot = *first; slot <= *last; ++slot) map.slots_[slot] = index;
  }
  return map;
}

const Address* SlotMap::find(std::uint16_t slot) const {
  return slots_[slot] == 0 ? nullptr : &addresses_[slots_[slot] - 1U];
}

void SlotMap::set(std::uint16_t slot, const Address& address) {
  if (const auto index = index_of(address); index > 0) slots_[slot] = index;
}

std::uint16_t SlotMap::index_of(const Address& address) {
  const auto found = std::find(addresses_.begin(), addresses_.end(), address);
  if (found != addresses_.end()) return static_cast<std::uint16_t>(found - addresses_.begin() + 1);
  if (addresses_.size() == kMostServers) return 0;
  addresses_.push_back(address);
  return static_cast<std::uint16_t>(addresses_.size());
}

}  // namespace vault_mock::redis
