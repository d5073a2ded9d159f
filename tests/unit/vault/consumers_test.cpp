#include "vault/consumers.hpp"

#include <gtest/gtest.h>

namespace vault_mock::vault {
namespace {

constexpr Millis kNow{};

std::string name(std::size_t number) { return "consumer-" + std::to_string(number); }

TEST(Consumers, ForgetTheOneMadeFirstWhenThereAreMoreThanTenThousand) {
  Consumers consumers;
  for (std::size_t i = 0; i < Consumers::kMost; ++i) consumers.upsert("app", name(i), kNow);
  auto& first = *consumers.find("app", name(0));
  first.merge_metadata(R"({"plan":"gold"})");
  first.vault_requests[std::chrono::floor<std::chrono::days>(kNow)] = 7;
  first.connections.try_emplace("crm+salesforce");

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

TEST(Consumer, AddsMetadataToWhatIsThere) {
  Consumer consumer;
  consumer.merge_metadata("{}");
  EXPECT_EQ(consumer.metadata, kNoMetadata);
  consumer.merge_metadata(R"({"b":1,"a":"x"})");
  EXPECT_EQ(consumer.metadata, R"({"b":1,"a":"x"})");
  consumer.merge_metadata(R"({"b":2,"c":null})");
  EXPECT_EQ(nlohmann::json::parse(consumer.metadata), nlohmann::json({{"a", "x"}, {"b", 2}, {"c", nullptr}}));
  consumer.merge_metadata("{}");
  EXPECT_EQ(nlohmann::json::parse(consumer.metadata).size(), 3u);
}

}  // namespace
}  // namespace vault_mock::vault
