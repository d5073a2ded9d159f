#include "vault/session.hpp"

#include <gtest/gtest.h>

#include "text/json/request_body.hpp"

namespace vault_mock::vault {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

// The object of a posted text, as the engine takes it.
text::JsonObject object_of(std::string_view body) {
  text::RequestBody json;
  json.read(body);
  return json.object(kClaimNames).value_or(text::JsonObject());
}

SessionGrant grant(const text::JsonObject& body) {
  return {.body = body, .consumer_id = "c", .application_id = "a", .issued_at = Seconds(1000s), .ttl = 60s};
}

const text::JsonObject kNothing;

std::chrono::seconds ttl(const json& length) { return ttl_of(&length); }

TEST(Claims, FollowThePostedBody) {
  const auto body = object_of(R"({"z":1,"a":{"b":[]}})");
  EXPECT_EQ(
      claims_of(grant(body)),
      R"({"z":1,"a":{"b":[]},"consumer_id":"c","application_id":"a","scopes":[],"data_scopes":{"enabled":false},"iat":1000,"exp":1060})");
}

TEST(Claims, StandAloneWithoutABody) {
  EXPECT_EQ(
      claims_of(grant(kNothing)),
      R"({"consumer_id":"c","application_id":"a","scopes":[],"data_scopes":{"enabled":false},"iat":1000,"exp":1060})");
}

TEST(Claims, EscapeWhatHeadersMayHold) {
  auto strange = grant(kNothing);
  strange.consumer_id = "\"\\\t\xff";
  const auto claims = json::parse(claims_of(strange));
  EXPECT_EQ(claims.at("consumer_id"), "\"\\\t\xef\xbf\xbd");
}

TEST(Claims, TakeWhatARuleAdds) {
  const json extra = {{"exp", 1}, {"role", "admin"}};
  const auto body = object_of(R"({"theme":{}})");
  auto changed = grant(body);
  changed.extra_claims = &extra;
  const auto claims = json::parse(claims_of(changed));
  EXPECT_EQ(claims.at("exp"), 1);
  EXPECT_EQ(claims.at("role"), "admin");
  EXPECT_EQ(claims.at("iat"), 1000);
  EXPECT_EQ(claims.at("theme"), json::object());
}

TEST(Claims, AreAnObjectWithEachKeyOnceWhateverWasPosted) {
  for (const auto* body : {"5", R"("x")", "null", "[1,2]", "[]", "", "  ", "{", R"({"consumer_id":"x"})",
                           R"({"exp":1,"iat":2,"scopes":3,"data_scopes":4,"application_id":5})"}) {
    const auto posted = object_of(body);
    EXPECT_EQ(claims_of(grant(posted)), claims_of(grant(kNothing))) << body;
  }
  const auto twice = object_of(R"({"b":1,"a":{"x":1,"x":2},"b":3,"exp":0})");
  EXPECT_TRUE(claims_of(grant(twice)).starts_with(R"({"a":{"x":2},"b":3,"consumer_id":"c",)"));
  const auto rest = object_of(R"({"theme":{"logo":"é\u00e9"},"exp":0,"z":[1,2.5,null,true]})");
  EXPECT_TRUE(
      claims_of(grant(rest)).starts_with(R"({"theme":{"logo":"éé"},"z":[1,2.5,null,true],"consumer_id":)"));
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
