#include "rules/answering/dice.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "text/hex.hpp"

namespace vault_mock::rules {

std::string throw_uuid(const Dice& dice) {
  constexpr double kWords = 4294967296.0;  // 2^32
  std::string uuid;
  uuid.reserve(36);
  for (int word = 0; word < 4; ++word) {
    uuid += text::hex(static_cast<std::uint32_t>(dice() * kWords), 8);
  }
  uuid[12] = '4';
  uuid[16] = "89ab"[static_cast<unsigned>(text::hex_value(uuid[16])) & 3u];
  for (const std::size_t dash : {20u, 16u, 12u, 8u}) uuid.insert(dash, 1, '-');
  return uuid;
}

double throw_normal(const Dice& dice) {
  const double radius = std::sqrt(-2.0 * std::log(std::max(1.0 - dice(), 1e-300)));
  return radius * std::cos(2.0 * std::numbers::pi * dice());
}

}  // namespace vault_mock::rules
