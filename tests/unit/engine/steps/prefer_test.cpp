#include "engine/steps/prefer.hpp"

#include <gtest/gtest.h>

#include "text/headers.hpp"

namespace vault_mock::engine {
namespace {

using namespace std::chrono_literals;

Preferences read(std::vector<std::string_view> values) {
  std::vector<text::HeaderView> headers = {{"accept", "code=500"}};
  for (const auto value : values) headers.emplace_back("Prefer", value);
  return read_preferences(headers);
}

TEST(Preferences, AreReadInEveryForm) {
  for (const auto* value : {"code=402", "CODE=402", "code=\"402\"", " code = 402 ", "code=402;x=1",
                            "respond-async, code=402", "code=402,", ", code=402", "code=402, code=404"})
    EXPECT_EQ(read({value}).code, 402) << value;
  EXPECT_EQ(read({"wait=2"}).wait, 2s);
  EXPECT_EQ(read({"Wait=\"2\""}).wait, 2s);
  EXPECT_EQ(read({"wait=0"}).wait, 0s);
}

TEST(Preferences, OfSeveralHeadersCountTogether) {
  const auto preferences = read({"wait=2", "safe", "code=503", "code=404"});
  EXPECT_EQ(preferences.code, 503);
  EXPECT_EQ(preferences.wait, 2s);
  EXPECT_TRUE(preferences.advice.empty());
}

TEST(Preferences, HeaderNameIsReadInAnyCase) {
  const std::vector<text::HeaderView> headers = {{"PREFER", "code=402"}};
  EXPECT_EQ(read_preferences(headers).code, 402);
}

TEST(Preferences, OfOthersAreIgnored) {
  const auto preferences =
      read({"return=minimal, handling=strict", "Respond-Async", "odata.maxpagesize=5", ""});
  EXPECT_EQ(preferences.code, std::nullopt);
  EXPECT_EQ(preferences.wait, std::nullopt);
  EXPECT_TRUE(preferences.advice.empty());
}

TEST(Preferences, ThatNobodyKnowsAreIgnoredWithAdvice) {
  for (const auto* value : {"codes=402", "x-code=402", "code:402", "status=402"}) {
    const auto preferences = read({value});
    EXPECT_EQ(preferences.code, std::nullopt) << value;
    const auto name = std::string(value).substr(0, std::string(value).find('='));
    EXPECT_EQ(preferences.advice, std::vector<std::string>{"unknown preference '" + name +
                                                           "'; the mock knows code=STATUS and wait=SECONDS"});
  }
  EXPECT_EQ(read({"a, b, c, d, e, f, g"}).advice.size(), 5u) << "and no more";
}

TEST(Preferences, AreSeparatedByCommas) {
  for (const auto* value : {"code=402 wait=1", "code=402;wait=1"})
    EXPECT_EQ(read({value}).advice,
              std::vector<std::string>{"separate preferences with a comma: code=402, wait=1"});
  EXPECT_EQ(read({"code=402 wait=1"}).code, std::nullopt);
  EXPECT_EQ(read({"code=402;wait=1"}).code, 402);
}

TEST(Preferences, ThatCannotBeUsedAreNamed) {
  for (const auto* value : {"code=abc", "code=199", "code=600", "code=", "code", "code=40 2", "code=402.0",
                            "code=-402", "wait=-1", "wait=601", "wait=soon", "wait=1.5"}) {
    const auto preferences = read({value});
    EXPECT_EQ(preferences.code, std::nullopt) << value;
    EXPECT_EQ(preferences.wait, std::nullopt) << value;
    EXPECT_EQ(preferences.advice,
              std::vector<std::string>{
                  "'" + std::string(value) +
                  "' cannot be used: code is a status from 200 to 599, wait is 0 to 600 seconds"});
  }
  EXPECT_EQ(read({"code=200"}).code, 200);
  EXPECT_EQ(read({"code=599"}).code, 599);
  EXPECT_EQ(read({"wait=600"}).wait, 600s);
}

TEST(Preferences, ThatApplyAreToldToTheClient) {
  EXPECT_EQ(read({"wait=2, code=402"}).applied(), "code=402, wait=2");
  EXPECT_EQ(read({"code=402"}).applied(), "code=402");
  EXPECT_EQ(read({"wait=2"}).applied(), "wait=2");
  EXPECT_EQ(read({"foo"}).applied(), "");
}

}  // namespace
}  // namespace vault_mock::engine
