#include "spaces/shared_values.hpp"

#include <gtest/gtest.h>

namespace vault_mock::spaces {
namespace {

using namespace std::chrono_literals;

TEST(SharedValues, ComeBackAsTheyLeft) {
  Clock moved, frozen;
  moved.set_offset(-5ms);
  frozen.set_offset(7ms);
  frozen.freeze(Time(9ms));
  for (const auto& clock : {Clock(), moved, frozen}) EXPECT_EQ(read_clock_text(clock_text(clock)), clock);
  const rules::RuleSwitch off{.enabled = false, .ends_at = {}}, ending{.enabled = true, .ends_at = Time(5ms)};
  for (const auto& one : {off, ending}) EXPECT_EQ(read_switch_text(switch_text(one)), one);
  const auto rule = read_rule_text(rule_text(3, R"({"respond":{"error":402}})"));
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->serial, 3u);
  EXPECT_EQ(rule->source, R"({"respond":{"error":402}})");
}

TEST(SharedValues, KeysTellAllNamesApart) {
  EXPECT_NE(consumer_key("a", "bc"), consumer_key("ab", "c"));
  EXPECT_EQ(read_consumer_key(consumer_key("a:1", "\n")), std::pair(std::string("a:1"), std::string("\n")));
  const auto day = std::chrono::sys_days(std::chrono::days(20'000));
  const auto requests = read_requests_key(requests_key(day, "app", "a/b"));
  ASSERT_TRUE(requests);
  EXPECT_EQ(requests->day, day);
  EXPECT_EQ(requests->application_id + " " + requests->id, "app a/b");
  EXPECT_NE(ended_key("a"), ended_key("b"));
}

TEST(SharedValues, WhatNobodyWroteIsNothing) {
  for (const auto* text :
       {"", "null", "[]", "{}", "{", R"({"offset":"1"})", R"({"offset":9000000000000000000})"})
    EXPECT_FALSE(read_clock_text(text)) << text;
  for (const auto* text : {"", "1", R"({"enabled":1})"}) EXPECT_FALSE(read_switch_text(text)) << text;
  for (const auto* text : {"", R"({"serial":-1,"source":""})", R"({"serial":1,"source":1})"})
    EXPECT_FALSE(read_rule_text(text)) << text;
  for (const auto* key : {"", "consumer:", "consumer:x:", "consumer:9:short", "rule:1:ab"})
    EXPECT_FALSE(read_consumer_key(key)) << key;
  for (const auto* key : {"", "1", "x/1:ab", "1/9:ab"}) EXPECT_FALSE(read_requests_key(key)) << key;
}

}  // namespace
}  // namespace vault_mock::spaces
