// The parts of the store that need no server.
#include <gtest/gtest.h>
#include <thread>

#include "redis/barrier.hpp"
#include "redis/message.hpp"
#include "redis/own_changes.hpp"
#include "redis/space_keys.hpp"
#include "redis/used_spaces.hpp"

namespace vault_mock::redis {
namespace {

using Words = std::vector<std::string>;

TEST(Message, IsReadAsItWasWritten) {
  const std::string bytes("\0:\n\xff", 4);
  EXPECT_EQ(read_message(write_message({"changed", "", bytes})), (Words{"changed", "", bytes}));
}

TEST(Message, OfAnotherShapeIsNone) {
  const auto message = write_message({"changed", "replica", "space"});
  for (std::size_t length = 0; length < message.size(); ++length) {
    const auto read = read_message(std::string_view(message).substr(0, length));
    EXPECT_TRUE(!read || read->size() < 3) << length;
  }
  for (const auto* other : {"", ":", "x:y", "1:", "-1:x", "1 :x", "18446744073709551616:x", "3:ab"})
    EXPECT_FALSE(read_message(other)) << other;
}

TEST(SpaceKeys, AreInTheSlotOfTheWholeName) {
  EXPECT_EQ(space_key("checkout", SpacePart::values), "vm:{checkout}:values");
  EXPECT_EQ(space_key("}a}%", SpacePart::consumer_counts), "vm:{%7Da%7D%25}:consumer-counts");
  EXPECT_EQ(space_keys("s").size(), 8u);
  EXPECT_EQ(space_keys("s").back(), space_key("s", SpacePart::seen));
}

TEST(Barrier, WaitsForThoseWhoAreExpectedButNotForThoseLeftOut) {
  Barrier barrier;
  const auto number = barrier.open();
  barrier.heard(number, "a");  // it may be quicker than the one who publishes
  barrier.expect(number, {"a", "b", "c"}, "subject");
  EXPECT_EQ(barrier.find("subject"), number);
  std::thread b([&] { barrier.heard(number, "b"); });
  const auto until = std::chrono::steady_clock::now() + std::chrono::hours(1);
  EXPECT_EQ(barrier.wait(number, {"c"}, until), Words{"c"});
  b.join();
  EXPECT_EQ(barrier.wait(number, {}, std::chrono::steady_clock::now()), Words{"c"});
  barrier.close(number);
  EXPECT_EQ(barrier.find("subject"), std::nullopt);
  EXPECT_TRUE(barrier.wait(number, {}, until).empty()) << "nobody is expected any more";
}

TEST(Barrier, ForgetsWhatIsOld) {
  Barrier barrier;
  const auto first = barrier.open();
  barrier.expect(first, {"a"}, "subject");
  const auto between = std::chrono::steady_clock::now();
  const auto second = barrier.open();
  barrier.expect(second, {"a"}, "another");
  barrier.forget(between);
  EXPECT_EQ(barrier.find("subject"), std::nullopt);
  EXPECT_EQ(barrier.find("another"), second);
}

TEST(OwnChanges, AreKnownToTheirMakersUnlessTheReplyWasLost) {
  OwnChanges changes;
  changes.begin(1);
  EXPECT_TRUE(changes.heard(1));
  EXPECT_TRUE(changes.end(1, false)) << "it was done: somebody has to be told";
  changes.begin(2);
  EXPECT_FALSE(changes.end(2, false));
  EXPECT_FALSE(changes.heard(2)) << "it was done after all: the listener is told";
  changes.begin(3);
  EXPECT_FALSE(changes.end(3, true));
  EXPECT_TRUE(changes.heard(3));
}

TEST(UsedSpaces, AreToldOnceASecondAndAfterTheyWereRemoved) {
  UsedSpaces used;
  const auto now = std::chrono::steady_clock::now();
  EXPECT_TRUE(used.use("s", now));
  EXPECT_TRUE(used.use("other", now));
  EXPECT_FALSE(used.use("s", now + std::chrono::milliseconds(999)));
  EXPECT_TRUE(used.use("s", now + std::chrono::seconds(1)));
  used.forget("s");
  EXPECT_TRUE(used.use("s", now + std::chrono::seconds(1)));
}

}  // namespace
}  // namespace vault_mock::redis
