#include "app/cli/request_words.hpp"

#include <gtest/gtest.h>

namespace vault_mock::app {
namespace {

using nlohmann::ordered_json;

ordered_json summary() {
  return {{"id", "ab-12"},
          {"space", "default"},
          {"at", "2027-01-01T12:00:00.123Z"},
          {"method", "POST"},
          {"path", "/vault/sessions"},
          {"status", 402},
          {"operation", "sessionsCreate"},
          {"consumer_id", "acme"},
          {"rule", "mine.json#free tier"},
          {"decided_by", "rule mine.json#free tier"},
          {"kind", "rule"},
          {"us", 213}};
}

bool takes(const std::vector<std::string>& words) {
  const auto wanted = read_wanted(words);
  EXPECT_TRUE(wanted.has_value()) << wanted.error();
  return wanted && wanted->take(summary());
}

TEST(WantedRequests, AreChosenByEachWord) {
  for (const auto* words : {"", "status:402", "status:4xx", "consumer:acme", "operation:sessionsCreate",
                            "rule:\"free tier\"", "\"rule:free tier\"", "rule:\"mine.json#free tier\"",
                            "SESSIONS", "ab-12 acme status:402", "kind:rule", "method:POST"})
    EXPECT_TRUE(takes({words})) << words;
  for (const auto* words : {"status:200", "status:5xx", "consumer:acm", "operation:x", "rule:tier", "nothing",
                            "acme status:200", "acme nothing", "kind:prefer", "method:GET"})
    EXPECT_FALSE(takes({words})) << words;
  EXPECT_TRUE(takes({"consumer:acme", "status:402"}));
  EXPECT_FALSE(takes({"consumer:acme", "status:200"}));
}

TEST(WantedRequests, AreAskedForInTheQuery) {
  EXPECT_EQ(read_wanted({R"(status:4xx consumer:"a b" one "two three")"})->query,
            "&status=4xx&consumer_id=a%20b&text=one&text=two%20three");
  EXPECT_EQ(read_wanted({})->query, "");
}

TEST(WantedRequests, SayWhichWordIsWrong) {
  for (const auto* word : {"status:4", "status:9xx", "state:x", "consumer:"})
    EXPECT_NE(read_wanted({word}).error().find(word), std::string::npos) << word;
}

TEST(RequestLine, SaysWhatTheLogSays) {
  EXPECT_EQ(
      request_line(summary()),
      "12:00:00.123 POST /vault/sessions 402 213us consumer=acme by=\"rule mine.json#free tier\" id=ab-12");
  auto other = summary();
  other["space"] = "ci 7";
  EXPECT_NE(request_line(other).find(" space=\"ci 7\""), std::string::npos);
  EXPECT_EQ(request_line(ordered_json::object()).find('\n'), std::string::npos) << "whatever is missing";
}

}  // namespace
}  // namespace vault_mock::app
