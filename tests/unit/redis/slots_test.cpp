#include "redis/slots.hpp"

#include <gtest/gtest.h>

namespace vault_mock::redis {
namespace {

Reply text(std::string words) { return {.kind = Reply::Kind::text, .text = std::move(words)}; }
Reply error(std::string words) { return {.kind = Reply::Kind::error, .text = std::move(words)}; }
Reply integer(std::int64_t number) { return {.kind = Reply::Kind::integer, .integer = number}; }
Reply list(std::vector<Reply> replies) { return {.kind = Reply::Kind::list, .list = std::move(replies)}; }

const Address kAsked{"10.0.0.1", 7000};

// The first is the example of the specification; the others are what CLUSTER KEYSLOT says.
TEST(SlotOf, IsThatOfRedis) {
  EXPECT_EQ(slot_of("123456789"), 0x31c3 % kSlots);
  EXPECT_EQ(slot_of(""), 0);
  EXPECT_EQ(slot_of("foo"), 12'182);
  EXPECT_EQ(slot_of("bar"), 5'061);
}

TEST(SlotOf, IsThatOfThePartInBraces) {
  EXPECT_EQ(slot_of("vm:{foo}:meta"), slot_of("foo"));
  EXPECT_EQ(slot_of("a{foo}{bar}"), slot_of("foo"));
  EXPECT_EQ(slot_of("a{{foo}}b"), slot_of("{foo"));
  for (const auto* whole : {"a{}foo", "a{foo", "a}foo{"}) EXPECT_NE(slot_of(whole), slot_of("foo")) << whole;
}

TEST(SlotMap, IsReadFromClusterSlots) {
  const auto map = SlotMap::read(
      list({list({integer(0), integer(99), list({text("10.0.0.2"), integer(7001), text("id"), list({})}),
                  list({text("10.0.0.9"), integer(7009), text("id"), list({})})}),
            list({integer(200), integer(200), list({text(""), integer(7002), text("id")})})}),
      kAsked);
  ASSERT_TRUE(map.has_value());
  EXPECT_EQ(*map->find(0), (Address{"10.0.0.2", 7001}));
  EXPECT_EQ(*map->find(99), (Address{"10.0.0.2", 7001}));
  EXPECT_EQ(map->find(100), nullptr);
  EXPECT_EQ(*map->find(200), (Address{"10.0.0.1", 7002}))
      << "a server without a name is at the host that was asked";
  EXPECT_EQ(map->addresses().size(), 2U);
}

TEST(SlotMap, FollowsASlotThatMoved) {
  auto map = SlotMap::read(list({}), kAsked).value();
  map.set(16'383, {"10.0.0.3", 7003});
  EXPECT_EQ(*map.find(16'383), (Address{"10.0.0.3", 7003}));
}

TEST(SlotMap, IsNotReadFromAnythingElse) {
  const auto server = list({text("a"), integer(1)});
  for (const auto& reply :
       {error("ERR This instance has cluster support disabled"), text("OK"), list({integer(1)}),
        list({list({integer(0), integer(1)})}), list({list({integer(-1), integer(1), server})}),
        list({list({integer(0), integer(16'384), server})}), list({list({text("0"), integer(1), server})}),
        list({list({integer(0), integer(1), list({text("a"), integer(0)})})}),
        list({list({integer(0), integer(1), list({text("a"), integer(65'536)})})}),
        list({list({integer(0), integer(1), text("a")})})})
    EXPECT_FALSE(SlotMap::read(reply, kAsked).has_value());
}

TEST(SlotMap, HasSoManyServersAndRanges) {
  std::vector<Reply> ranges;
  const auto range = [](std::int64_t port) {
    return list({integer(0), integer(0), list({text("a"), integer(port), text("id")})});
  };
  for (std::size_t i = 1; i <= kMostServers; ++i) ranges.push_back(range(static_cast<std::int64_t>(i)));
  auto map = SlotMap::read(list(ranges), kAsked);
  ASSERT_TRUE(map.has_value());
  map->set(5, {"one more", 1});
  EXPECT_EQ(map->find(5), nullptr);
  EXPECT_EQ(map->addresses().size(), kMostServers);
  ranges.push_back(range(1'000));
  EXPECT_FALSE(SlotMap::read(list(ranges), kAsked).has_value());
  EXPECT_FALSE(SlotMap::read(list(std::vector<Reply>(kSlots + 1U, range(1))), kAsked).has_value());
}

TEST(Redirection, SaysWhereToAsk) {
  const auto moved = redirection_of(error("MOVED 3999 10.0.0.5:6381"), kAsked);
  ASSERT_TRUE(moved.has_value());
  EXPECT_FALSE(moved->is_ask);
  EXPECT_EQ(moved->slot, 3999);
  EXPECT_EQ(moved->address, (Address{"10.0.0.5", 6381}));
  const auto ask = redirection_of(error("ASK 0 ::1:6381"), kAsked);
  ASSERT_TRUE(ask.has_value());
  EXPECT_TRUE(ask->is_ask);
  EXPECT_EQ(ask->address, (Address{"::1", 6381}));
  EXPECT_EQ(redirection_of(error("MOVED 1 :6381"), kAsked)->address, (Address{"10.0.0.1", 6381}));
}

TEST(Redirection, IsNothingElse) {
  for (const auto* words :
       {"ERR no", "MOVED", "MOVED ", "MOVED 1", "MOVED x a:1", "MOVED 16384 a:1", "MOVED 1 a",
        "MOVED 1 a:", "MOVED 1 a:0", "MOVED 1 a:65536", "ASK", "MOVEDX 1 a:1"})
    EXPECT_FALSE(redirection_of(error(words), kAsked).has_value()) << words;
  EXPECT_FALSE(redirection_of(text("MOVED 1 a:1"), kAsked).has_value());
}

}  // namespace
}  // namespace vault_mock::redis
