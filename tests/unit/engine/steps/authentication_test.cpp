#include <gtest/gtest.h>

#include "unit/engine/asking.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::engine {
namespace {

// An operation for each way to prove who calls.
constexpr auto kDocument = R"({"security": [{"apiKey": []}], "paths": {
  "/key": {"get": {"operationId": "key", "responses": {"200": {}}}},
  "/token": {"get": {"operationId": "token", "security": [{"sessionToken": []}], "responses": {"200": {}}}},
  "/either": {"get": {"operationId": "either", "security": [{"apiKey": []}, {"sessionToken": []}], "responses": {"200": {}}}}}})";

std::string said(Asking& asking, std::string_view path, std::string_view authorization) {
  const auto outcome = asking.ask("GET", path, {{"authorization", authorization}});
  if (outcome.response.status == 200) return "200";
  return std::to_string(outcome.response.status) + " " +
         nlohmann::json::parse(outcome.response.body).at("detail").get<std::string>();
}

std::string bearer(const Asking& asking, std::string_view claims) {
  // As every session token does, it names consumer and application.
  auto all = nlohmann::json::parse(claims);
  all.update({{"consumer_id", "consumer"}, {"application_id", "app"}});
  return "Bearer " + vault::sign_jwt(all.dump(), asking.space.secret());
}

constexpr auto kMissing = "401 Missing authentication";
constexpr auto kInvalid = "401 Invalid Authorization Token";

TEST(Authentication, TakesAKeyWithAndWithoutItsScheme) {
  Asking asking(kDocument, {.api_keys = {"k1", "Bearer"}});
  for (const auto* header : {"Bearer k1", "bearer k1", "BEARER \t k1 ", "k1", " k1"})
    EXPECT_EQ(said(asking, "/key", header), "200") << header;
  for (const auto* header : {"", " ", "Bearer", "Bearer ", "bearer\t"})
    EXPECT_EQ(said(asking, "/key", header), kMissing) << header;
  for (const auto* header : {"Bearer k2", "k2", "Bearerk1", "Basic k1", "Bearer k1 k1", "Bearer Bearer k1"})
    EXPECT_EQ(said(asking, "/key", header), kInvalid) << header;
}

TEST(Authentication, NotesHowTheCallerProvedItself) {
  Asking asking(kDocument);
  const auto kind = [&](std::string_view header) {
    return asking.ask("GET", "/either", {{"authorization", header}}).trace.credential_kind;
  };
  EXPECT_EQ(kind(""), CredentialKind::none);
  EXPECT_EQ(kind("Bearer k"), CredentialKind::api_key);
  EXPECT_EQ(kind("k"), CredentialKind::raw_api_key);
  EXPECT_EQ(kind(bearer(asking, R"({"exp":1798761601})")), CredentialKind::session_token);
}

TEST(Authentication, MentionsAKeyWithoutItsScheme) {
  Asking asking(kDocument);
  EXPECT_EQ(asking.ask("GET", "/key", {{"authorization", "k"}}).trace.advice.size(), 1u);
  EXPECT_EQ(asking.ask("GET", "/key", {{"authorization", "Bearer k"}}).trace.advice.size(), 0u);
}

TEST(Authentication, TakesASessionTokenOnlyWhereTheOperationDoes) {
  Asking asking(kDocument, {.api_keys = {"k1"}});
  const auto token = bearer(asking, R"({"exp":1798761601})");
  EXPECT_EQ(said(asking, "/token", token), "200");
  EXPECT_EQ(said(asking, "/either", token), "200");
  EXPECT_EQ(said(asking, "/key", token), kInvalid);
  EXPECT_EQ(said(asking, "/token", "Bearer k1"), kInvalid);
  EXPECT_EQ(said(asking, "/either", "Bearer k1"), "200");
}

TEST(Authentication, RefusesATokenFromTheSecondItExpires) {
  Asking asking(kDocument);
  const auto token = bearer(asking, R"({"exp":1798761601})");
  EXPECT_EQ(said(asking, "/token", token), "200");
  asking.now += std::chrono::milliseconds(999);
  EXPECT_EQ(said(asking, "/token", token), "200");
  asking.now += std::chrono::milliseconds(1);
  EXPECT_EQ(said(asking, "/token", token), kInvalid);
}

TEST(Authentication, RefusesATokenThatIsNotOurs) {
  Asking asking(kDocument);
  EXPECT_EQ(said(asking, "/token", "Bearer " + vault::sign_jwt(R"({"exp":1798761601})", "another")),
            kInvalid);
  EXPECT_EQ(said(asking, "/token", bearer(asking, "{}")), kInvalid) << "no exp";
  EXPECT_EQ(said(asking, "/token", bearer(asking, R"({"exp":"later"})")), kInvalid);
  EXPECT_EQ(said(asking, "/token", "Bearer eyJ.x.y"), kInvalid);
  EXPECT_EQ(said(asking, "/token", ""), kMissing);
}

TEST(Authentication, RefusesTheTokenOfAnotherSpace) {
  Asking here(kDocument, {}, "here"), there(kDocument, {}, "there");
  const auto token = bearer(there, R"({"exp":1798761601})");
  EXPECT_EQ(said(there, "/token", token), "200");
  EXPECT_EQ(said(here, "/token", token), kInvalid);
}

TEST(Authentication, TakesTheTokenThatTheMockMinted) {
  Asking sessions;
  const auto body =
      nlohmann::json::parse(sessions.ask("POST", "/vault/sessions", kGoodHeaders).response.body);
  Asking asking(kDocument);
  EXPECT_EQ(said(asking, "/token", "Bearer " + body.at("data").at("session_token").get<std::string>()),
            "200");
}

}  // namespace
}  // namespace vault_mock::engine
