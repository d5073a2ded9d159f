// A number of bytes, for messages: "16 MB", "1.5 MB", "200 KB", "10 bytes", where 1 KB is 1,024 bytes.
#pragma once

#include <cstdint>
#include <string>

namespace vault_mock::text {

inline std::string format_size(std::uint64_t bytes) {
  constexpr std::uint64_t kKilo = 1024, kMega = kKilo * kKilo;
  if (bytes < kKilo) return std::to_string(bytes) + " bytes";
  if (bytes < kMega) return std::to_string(bytes / kKilo) + " KB";
  const auto tenths = bytes * 10 / kMega;
  return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10)) + " MB";
}

}  // namespace vault_mock::text
