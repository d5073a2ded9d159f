#include "text/nearest.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

const std::vector<std::string> kWords = {"redirect_uri",      "settings", "theme",
                                         "consumer_metadata", "crm",      "csp"};

TEST(Nearest, SeesThroughCaseAndSeparators) {
  EXPECT_EQ(nearest("redirectUri", kWords), "redirect_uri");
  EXPECT_EQ(nearest("Consumer-Metadata", kWords), "consumer_metadata");
}

TEST(Nearest, SeesThroughASlipOfTheFinger) {
  EXPECT_EQ(nearest("setings", kWords), "settings");
  EXPECT_EQ(nearest("thmee", kWords), "theme");
  EXPECT_EQ(nearest("cmr", kWords), "crm");
}

TEST(Nearest, SeesThroughAnotherOrderOfTheWords) {
  const std::vector<std::string> operations = {"sessionsCreate", "connectionsAll", "connectionsOne"};
  EXPECT_EQ(nearest("createSession", operations), "sessionsCreate");
  EXPECT_EQ(nearest("all_connections", operations), "connectionsAll");
  EXPECT_EQ(nearest("deleteSession", operations), std::nullopt);
  EXPECT_EQ(nearest("metadata_consumer", kWords), "consumer_metadata");
}

TEST(Nearest, IsSilentWhenNothingIsNear) {
  EXPECT_EQ(nearest("banana", kWords), std::nullopt);
  EXPECT_EQ(nearest("", kWords), std::nullopt);
  EXPECT_EQ(nearest("xyz", kWords), std::nullopt);
  EXPECT_EQ(nearest(std::string(1'000'000, 'x'), kWords), std::nullopt);
}

}  // namespace
}  // namespace vault_mock::text
