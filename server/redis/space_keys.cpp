#include "redis/space_keys.hpp"

#include <array>

namespace vault_mock::redis {
namespace {

constexpr std::array<std::string_view, 8> kParts{"meta",     "values",  "counts",   "consumer-counts",
                                                 "requests", "journal", "sessions", "seen"};

std::string beginning_of_keys(std::string_view space) {
  std::string key = "vm:{";
  for (const char c : space) {
    if (c == '}')
      key += "%7D";
    else if (c == '%')
      key += "%25";
    else
      key += c;
  }
  return key += "}:";
}

}  // namespace

std::string space_key(std::string_view space, SpacePart part) {
  return beginning_of_keys(space).append(kParts[static_cast<std::size_t>(part)]);
}

std::vector<std::string> space_keys(std::string_view space) {
  const auto beginning = beginning_of_keys(space);
  std::vector<std::string> keys;
  keys.reserve(kParts.size());
  for (const auto part : kParts) keys.push_back(std::string(beginning).append(part));
  return keys;
}

std::string channel_to(std::string_view replica) { return "vm:to:" + std::string(replica); }

}  // namespace vault_mock::redis
