// Consumers and sessions that leave the program, and come back.
#include "vault/stored.hpp"

#include <gtest/gtest.h>

namespace vault_mock::vault {
namespace {

Session session() {
  return {.token = "a.b.c",
          .consumer_id = "acme",
          .application_id = "app",
          .issued_at = Seconds(std::chrono::seconds(1'800'000'000)),
          .expires_at = Seconds(std::chrono::seconds(1'800'003'600)),
          .ended = SessionState::revoked};
}

TEST(Stored, SessionsComeBackAsTheyLeft) {
  const auto left = session();
  const auto back = read_stored_session(stored_text(left));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->token, left.token);
  EXPECT_EQ(back->consumer_id, left.consumer_id);
  EXPECT_EQ(back->application_id, left.application_id);
  EXPECT_EQ(back->issued_at, left.issued_at);
  EXPECT_EQ(back->expires_at, left.expires_at);
  EXPECT_EQ(back->ended, left.ended);
}

TEST(Stored, ConsumersComeBackAsTheyLeft) {
  Consumer consumer{.id = "acme",
                    .application_id = "app",
                    .metadata = R"({"plan":"free"})",
                    .created = Millis(std::chrono::milliseconds(5)),
                    .modified = Millis(std::chrono::milliseconds(6)),
                    .connections = {}};
  Connection connection;
  connection.authorized = connection.revoked = true;
  connection.settings = {{"key", "value"}};
  connection.consents = nlohmann::json::array({{{"id", "one"}}});
  connection.custom_mappings = {{"field", "$.path"}};
  connection.confirmation =
      Confirmation{.token = "t", .expires_at = Millis(std::chrono::milliseconds(7)), .used = true};
  consumer.connections.emplace("crm+pipedrive", connection);
  const auto text = stored_text(consumer);
  const auto back = read_stored_consumer(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(stored_text(*back), text);
  EXPECT_TRUE(back->connections.at("crm+pipedrive").confirmation->used);
}

TEST(Stored, WhatWasNeverWrittenIsNothing) {
  const auto of_session = stored_text(session());
  for (std::size_t size = 0; size < of_session.size(); ++size)
    EXPECT_FALSE(read_stored_session(std::string_view(of_session).substr(0, size)));
  EXPECT_FALSE(read_stored_session(of_session + "x"));
  EXPECT_FALSE(read_stored_consumer(R"({"id": 1})"));
  EXPECT_FALSE(read_stored_consumer("[]"));
  EXPECT_FALSE(read_stored_consumer(
      R"({"id":"a","application":"b","metadata":"[]","created":1,"modified":1,"connections":{}})"));
  EXPECT_FALSE(read_stored_consumer(
      R"({"id":"a","application":"b","metadata":"{}","created":9000000000000000000,"modified":1,"connections":{}})"));
  EXPECT_TRUE(read_stored_consumer(
      R"({"id":"a","application":"b","metadata":"{}","created":1,"modified":1,"connections":{}})"));
}

}  // namespace
}  // namespace vault_mock::vault
