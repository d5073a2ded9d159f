#include "vault/consumers.hpp"

#include <gtest/gtest.h>
#include <random>

#include "text/json/json_document.hpp"

namespace vault_mock::vault {
namespace {

constexpr Millis kNow{};

std::string name(std::size_t number) { return "consumer-" + std::to_string(number); }

TEST(Consumers, ForgetTheOneMadeFirstWhenThereAreMoreThanTenThousand) {
  Consumers consumers;
  for (std::size_t i = 0; i < Consumers::kMost; ++i) consumers.upsert("app", name(i), kNow);
  auto& first = *consumers.find("app", name(0));
  EXPECT_TRUE(first.merge_metadata(R"({"plan":"gold"})"));
  first.vault_requests[std::chrono::floor<std::chrono::days>(kNow)] = 7;

  const auto& newest = consumers.upsert("other-app", "newcomer", kNow + std::chrono::hours(1));

  EXPECT_EQ(consumers.find("app", name(0)), nullptr);
  EXPECT_NE(consumers.find("app", name(1)), nullptr);
  EXPECT_EQ(consumers.find("other-app", "newcomer"), &newest);
  EXPECT_EQ(consumers.oldest_first().size(), Consumers::kMost);
  EXPECT_EQ(consumers.oldest_first().front().id, name(1));
  EXPECT_EQ(&consumers.oldest_first().back(), &newest);
  EXPECT_EQ(newest.created, kNow + std::chrono::hours(1));
  EXPECT_EQ(newest.metadata, kNoMetadata) << "nothing is left of the one before";
  EXPECT_TRUE(newest.connections.empty());
  EXPECT_TRUE(newest.vault_requests.empty());
}

TEST(Consumers, AreFoundAgainAfterManyHaveComeAndGone) {
  Consumers consumers;
  const auto all = 2 * Consumers::kMost + 10;
  for (std::size_t i = 0; i < all; ++i) consumers.upsert("app", name(i), kNow);
  for (std::size_t i = 0; i < all; ++i) {
    const auto* found = consumers.find("app", name(i));
    ASSERT_EQ(found != nullptr, i >= all - Consumers::kMost) << i;
    if (found != nullptr) {
      ASSERT_EQ(found->id, name(i));
    }
  }
}

Connector connector() {
  Connector connector;
  connector.id = "crm+pipedrive";
  return connector;
}

// A connection with metadata of about that many bytes.
Connection connection(const Consumer& consumer, std::size_t bytes) {
  auto changed = consumer.copy_or_new(connector(), kNow);
  changed.metadata["text"] = std::string(bytes, 'x');
  return changed;
}

TEST(Consumers, ForgetWhoHasNoConnectionsBeforeWhoHasSome) {
  Consumers consumers;
  for (std::size_t i = 0; i < Consumers::kMost; ++i) {
    auto& consumer = consumers.upsert("app", name(i), kNow);
    if (i < 10) {
      ASSERT_NE(consumers.keep(consumer, connector(), connection(consumer, 10)), nullptr);
    }
  }
  consumers.upsert("app", "newcomer", kNow);
  EXPECT_NE(consumers.find("app", name(0)), nullptr);
  EXPECT_EQ(consumers.find("app", name(10)), nullptr);
  EXPECT_EQ(consumers.measure(SIZE_MAX), 1u);
  EXPECT_EQ(consumers.take_forgotten_with_connections(), 0u);
}

TEST(Consumers, TellWhenConnectionsWereForgottenForTheNumber) {
  Consumers consumers;
  for (std::size_t i = 0; i <= Consumers::kMost; ++i) {
    auto& consumer = consumers.upsert("app", name(i), kNow);
    ASSERT_NE(consumers.keep(consumer, connector(), connection(consumer, 1)), nullptr);
  }
  EXPECT_EQ(consumers.find("app", name(0)), nullptr);
  EXPECT_EQ(consumers.measure(SIZE_MAX), 1u);
  EXPECT_EQ(consumers.take_forgotten_with_connections(), 1u);
  EXPECT_EQ(consumers.take_forgotten_with_connections(), 0u) << "told once";
}

TEST(Consumers, ForgetTheOldestWithoutConnectionsWhenTheyTakeTooManyBytes) {
  Consumers consumers;
  const auto metadata = R"({"text":")" + std::string(100'000, 'x') + "\"}";
  std::size_t forgotten = 0;
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_TRUE(consumers.merge_metadata(consumers.upsert("app", name(i), kNow), metadata));
    forgotten += consumers.measure(1'000'000);
    EXPECT_LE(consumers.transient_bytes(), 1'000'000u);
  }
  EXPECT_EQ(consumers.oldest_first().size(), 9u);
  EXPECT_EQ(forgotten, 91u);
  EXPECT_NE(consumers.find("app", name(99)), nullptr);
  consumers.measure(0);
  EXPECT_EQ(consumers.oldest_first().size(), 1u) << "one stays";
  EXPECT_EQ(consumers.evict_transient(), 1u);
  EXPECT_EQ(consumers.transient_bytes(), 0u);
}

TEST(Consumers, TakeNoChangeOfAConnectionThatHasNoRoom) {
  Consumers consumers;
  auto& consumer = consumers.upsert("app", "c", kNow);
  consumers.measure(SIZE_MAX);
  consumers.set_room(10'000);
  ASSERT_NE(consumers.keep(consumer, connector(), connection(consumer, 5'000)), nullptr);
  EXPECT_EQ(consumers.keep(consumer, connector(), connection(consumer, 20'000)), nullptr);
  EXPECT_EQ(consumer.find(connector())->metadata.at("text").get_ref<const std::string&>().size(), 5'000u);
  consumers.measure(SIZE_MAX);
  EXPECT_EQ(consumers.transient_bytes(), 0u);
  EXPECT_GT(consumers.pinned_bytes(), 5'000u);
  consumers.set_room(0);
  EXPECT_NE(consumers.keep(consumer, connector(), connection(consumer, 4'000)), nullptr) << "it shrinks";
  EXPECT_FALSE(consumers.merge_metadata(consumer, R"({"plan":"gold"})")) << "held with its connections";
  EXPECT_TRUE(consumers.erase("app", "c"));
  EXPECT_EQ(consumers.measure(SIZE_MAX), 0u);
  EXPECT_EQ(consumers.pinned_bytes(), 0u);
}

TEST(Consumers, CountAsPassingAgainWithoutTheirConnections) {
  Consumers consumers;
  auto& consumer = consumers.upsert("app", "c", kNow);
  ASSERT_NE(consumers.keep(consumer, connector(), connection(consumer, 5'000)), nullptr);
  consumers.measure(SIZE_MAX);
  consumers.find("app", "c")->connections.clear();
  consumers.measure(SIZE_MAX);
  EXPECT_EQ(consumers.pinned_bytes(), 0u);
  EXPECT_GT(consumers.transient_bytes(), 0u);
}

TEST(Consumer, CountsTheRequestsOfAThousandDays) {
  Consumer consumer;
  for (int day = 0; day < 5'000; ++day) consumer.count_request(kNow + std::chrono::days(day));
  EXPECT_EQ(consumer.vault_requests.size(), 1'000u);
  EXPECT_EQ(count_requests(consumer, kNow, kNow + std::chrono::days(5'000)), 1'000u);
}

TEST(Consumer, RefusesMetadataOfMoreThanAMegabyte) {
  Consumer consumer;
  const auto metadata = [](const char* key) {
    return "{\"" + std::string(key) + R"(":")" + std::string(600'000, 'x') + "\"}";
  };
  EXPECT_TRUE(consumer.merge_metadata(metadata("a")));
  EXPECT_FALSE(consumer.merge_metadata(metadata("b")));
  EXPECT_EQ(consumer.metadata, metadata("a"));
  EXPECT_TRUE(consumer.merge_metadata(metadata("a")));
}

TEST(Consumer, AddsMetadataToWhatIsThere) {
  Consumer consumer;
  EXPECT_TRUE(consumer.merge_metadata("{}"));
  EXPECT_EQ(consumer.metadata, kNoMetadata);
  EXPECT_TRUE(consumer.merge_metadata(R"({"b":1,"a":"x"})"));
  EXPECT_EQ(consumer.metadata, R"({"b":1,"a":"x"})");
  EXPECT_TRUE(consumer.merge_metadata(R"({"b":2,"c":null})"));
  EXPECT_EQ(nlohmann::json::parse(consumer.metadata), nlohmann::json({{"a", "x"}, {"b", 2}, {"c", nullptr}}));
  EXPECT_TRUE(consumer.merge_metadata("{}"));
  EXPECT_EQ(nlohmann::json::parse(consumer.metadata).size(), 3u);
}

TEST(Consumer, KeepsTheOrderOfMetadataThatReplacesAllOfItsMembers) {
  Consumer consumer;
  EXPECT_TRUE(consumer.merge_metadata(R"({"b":1,"a":[1]})"));
  EXPECT_TRUE(consumer.merge_metadata(R"({"c":0,"b":2,"a":{"x":1}})"));
  EXPECT_EQ(consumer.metadata, R"({"c":0,"b":2,"a":{"x":1}})");
}

// Objects of few names, so that two of them often share some, with values of every kind.
class RandomMetadata {
 public:
  nlohmann::json object() {
    auto result = nlohmann::json::object();
    for (auto members = number(6); members > 0; --members) result[kNames[number(6)]] = value(2);
    return result;
  }

 private:
  static constexpr const char* kNames[] = {"", "a", "plan", "caf\u00e9", "quote\"\n", "/x~y"};

  std::size_t number(std::size_t below) { return random_() % below; }

  nlohmann::json value(int depth) {
    switch (number(depth > 0 ? 9 : 7)) {
      case 0:
        return nullptr;
      case 1:
        return number(2) == 0;
      case 2:
        return -static_cast<std::int64_t>(random_() >> 1);
      case 3:
        return random_();
      case 4:
        return static_cast<double>(random_()) / 3e15;
      case 5:
        return kNames[number(6)];
      case 6:
        return std::string(number(200), 'x');
      case 7:
        return nlohmann::json::array({value(depth - 1), value(depth - 1)});
      default:
        return object();
    }
  }

  std::mt19937_64 random_{1};
};

TEST(Consumer, MergesMetadataAsTreesOfValuesAreMerged) {
  RandomMetadata random;
  for (int round = 0; round < 500; ++round) {
    Consumer consumer;
    auto expected = nlohmann::json::object();
    for (int change = 0; change < 5; ++change) {
      const auto object = random.object();
      expected.update(object);
      ASSERT_TRUE(consumer.merge_metadata(text::dump(object)));
      ASSERT_EQ(text::dump(nlohmann::json::parse(consumer.metadata)), text::dump(expected));
      ASSERT_EQ(consumer.metadata.size(), text::dump(expected).size()) << "as long, too, which is bounded";
    }
  }
}

TEST(ConsumersFilter, LooksForAPrefixAndForAPart) {
  Consumer consumer;
  consumer.id = "team-a";
  EXPECT_TRUE(ConsumersFilter().takes(consumer));
  EXPECT_TRUE((ConsumersFilter{.id_prefix = "team", .search = ""}).takes(consumer));
  EXPECT_FALSE((ConsumersFilter{.id_prefix = "eam", .search = ""}).takes(consumer));
  EXPECT_TRUE((ConsumersFilter{.id_prefix = "", .search = "EAM"}).takes(consumer));
  EXPECT_FALSE((ConsumersFilter{.id_prefix = "", .search = "quill"}).takes(consumer));
  ASSERT_TRUE(consumer.merge_metadata(R"({"email":5,"image":"quill","user_name":"Ada Quill"})"));
  EXPECT_TRUE((ConsumersFilter{.id_prefix = "", .search = "quill"}).takes(consumer));
  EXPECT_FALSE((ConsumersFilter{.id_prefix = "b", .search = "quill"}).takes(consumer));
  ASSERT_TRUE(consumer.merge_metadata(R"({"user_name":null})"));
  EXPECT_FALSE((ConsumersFilter{.id_prefix = "", .search = "quill"}).takes(consumer));  // not in the image
}

}  // namespace
}  // namespace vault_mock::vault
