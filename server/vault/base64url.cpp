#include "vault/base64url.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace vault_mock::vault {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t kNone = 0xFF;

constexpr auto kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNone);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}();

// Two digits at a time: tokens are long, and made for every session.
constexpr auto kPairs = [] {
  std::array<std::array<char, 2>, 64 * 64> pairs{};
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = {kAlphabet[i / 64], kAlphabet[i % 64]};
  return pairs;
}();

// The first byte is the highest: compilers make one load and one swap of it.
std::uint64_t first_eight(const char* bytes) {
  const auto at = [bytes](int i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])); };
  return at(0) << 56 | at(1) << 48 | at(2) << 40 | at(3) << 32 | at(4) << 24 | at(5) << 16 | at(6) << 8 |
         at(7);
}

}  // namespace

void append_base64url(std::string& to, std::string_view bytes) {
  const auto start = to.size();
  to.resize(start + (bytes.size() * 4 + 2) / 3);
  char* out = to.data() + start;
  const auto at = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]));
  };
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 6, out += 8) {  // eight bytes are read, and the first six written
    const auto group = first_eight(bytes.data() + i);
    std::memcpy(out, kPairs[group >> 52].data(), 2);
    std::memcpy(out + 2, kPairs[group >> 40 & 4095].data(), 2);
    std::memcpy(out + 4, kPairs[group >> 28 & 4095].data(), 2);
    std::memcpy(out + 6, kPairs[group >> 16 & 4095].data(), 2);
  }
  for (; i + 2 < bytes.size(); i += 3, out += 4) {
    const std::uint32_t group = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
    std::memcpy(out, kPairs[group >> 12].data(), 2);
    std::memcpy(out + 2, kPairs[group & 4095].data(), 2);
  }
  if (i == bytes.size()) return;
  const bool two = i + 1 < bytes.size();
  const std::uint32_t group = at(i) << 16 | (two ? at(i + 1) << 8 : 0);
  std::memcpy(out, kPairs[group >> 12].data(), 2);
  if (two) out[2] = kAlphabet[group >> 6 & 63];
}

std::optional<std::string> decode_base64url(std::string_view text) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : text) {
    const auto value = kValues[static_cast<unsigned char>(c)];
    if (value == kNone) return std::nullopt;
    group = group << 6 | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(group >> bits & 0xFF);
  }
  return bytes;
}

}  // namespace vault_mock::vault
