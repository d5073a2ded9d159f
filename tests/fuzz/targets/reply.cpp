// What a Redis server says. Wherever it is cut, the same replies are read, and the same fault is found;
// whatever they say of a cluster is understood or refused.
#include <string>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "redis/reply_reader.hpp"
#include "redis/slots.hpp"

namespace vault_mock::fuzz {
namespace {

void tell(const redis::Reply& reply, std::string& story) {
  story += std::to_string(static_cast<int>(reply.kind)) + ' ' + std::to_string(reply.integer) + ' ' +
           reply.text + '(';
  for (const auto& each : reply.list) tell(each, story);
  story += ')';
}

void use(const redis::Reply& reply) {
  static const redis::Address kAsked{"asked", 6379};
  if (const auto map = redis::SlotMap::read(reply, kAsked))
    for (std::uint16_t slot = 0; slot < redis::kSlots; slot += 1'000)
      if (const auto* address = map->find(slot))
        require(address->port != 0 && !address->host.empty(), "a server that can be connected to");
  if (const auto to = redis::redirection_of(reply, kAsked))
    require(to->slot < redis::kSlots && to->address.port != 0 && !to->address.host.empty(), "a place to go");
}

std::string story_of(std::string_view bytes, std::size_t piece) {
  redis::ReplyReader reader;
  std::string story;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    require(reader.feed(bytes.substr(at, piece)), "memory for it");
    for (;;) {
      const auto reply = reader.next();
      if (!reply) return story + "fault";
      if (!*reply) break;
      tell(**reply, story);
      use(**reply);
    }
  }
  return story;
}

}  // namespace

void read_replies(std::string_view bytes) {
  const auto whole = story_of(bytes, bytes.size() + 1);
  for (const std::size_t piece : {1U, 2U, 7U})
    require(story_of(bytes, piece) == whole, "in pieces of " + std::to_string(piece) + " the same is read");
}

}  // namespace vault_mock::fuzz
