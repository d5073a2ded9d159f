#include "vault/session.hpp"

#include <gtest/gtest.h>

namespace vault_mock::vault {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

SessionGrant grant(std::string_view body) {
  return {.body = body, .consumer_id = "c", .application_id = "a", .issued_at = Seconds(1000s), .ttl = 60s};
}

std::chrono::seconds ttl(const json& length) { return ttl_of(&length); }

TEST(Claims, FollowThePostedBody) {
  EXPECT_EQ(
      claims_of(grant(R"({"z":1,"a":{"b":[]}})")),
      R"({"z":1,"a":{"b":[]},"consumer_id":"c","application_id":"a","scopes":[],"data_scopes":{"enabled":false},"iat":1000,"exp":1060})");
}

TEST(Claims, StandAloneWithoutABody) {
  EXPECT_EQ(
      claims_of(grant("{}")),
      R"({"consumer_id":"c","application_id":"a","scopes":[],"data_scopes":{"enabled":false},"iat":1000,"exp":1060})");
}

TEST(Claims, EscapeWhatHeadersMayHold) {
  auto strange = grant("{}");
  strange.consumer_id = "\"\\\t\xff";
  const auto claims = json::parse(claims_of(strange));
  EXPECT_EQ(claims.at("consumer_id"), "\"\\\t\xef\xbf\xbd");
}

TEST(Claims, TakeWhatARuleAdds) {
  const json extra = {{"exp", 1}, {"role", "admin"}};
  auto changed = grant(R"({"theme":{}})");
  changed.extra_claims = &extra;
  const auto claims = json::parse(claims_of(changed));
  EXPECT_EQ(claims.at("exp"), 1);
  EXPECT_EQ(claims.at("role"), "admin");
  EXPECT_EQ(claims.at("iat"), 1000);
  EXPECT_EQ(claims.at("theme"), json::object());
}

TEST(Ttl, IsAnHourUnlessTheBodySaysOtherwise) {
  EXPECT_EQ(ttl_of(nullptr), 3600s);
  for (const auto* length : {"{}", "[]", "null", "3600", R"("soon")"})
    EXPECT_EQ(ttl(json::parse(length)), 3600s) << length;
}

TEST(Ttl, FollowsSessionLength) {
  EXPECT_EQ(ttl("30m"), 30min);
  EXPECT_EQ(ttl("24h"), 86400s);
  EXPECT_EQ(ttl("1w"), 604800s);
  EXPECT_EQ(ttl("1.5h"), 90min);
  EXPECT_EQ(ttl("2 days"), 48h);
  EXPECT_EQ(ttl("3600"), 3s) << "milliseconds";
  EXPECT_EQ(ttl("-5m"), -5min);
  EXPECT_EQ(ttl("30d"), 720h);
  EXPECT_EQ(ttl("abc"), 3600s);
}

}  // namespace
}  // namespace vault_mock::vault
