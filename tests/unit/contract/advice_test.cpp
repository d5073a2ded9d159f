#include "contract/advice.hpp"

#include <gtest/gtest.h>

namespace vault_mock::contract {
namespace {

using nlohmann::json;

// The advice on one text that its schema names `check` for; empty: none.
std::string advice_on(std::string_view check, std::string_view text) {
  const auto advice = advise({{"properties", {{"field", {{"x-advice", check}}}}}}, {{"field", text}});
  if (advice.empty()) return "";
  EXPECT_EQ(advice.size(), 1u);
  EXPECT_EQ(advice.front().place, "/field");
  return advice.front().text;
}

TEST(Advice, KnowsUrlsFromOtherTexts) {
  for (const auto* url : {"https://mysaas.com", "http://localhost:3000/a?b=c#d", "com.example.app://done",
                          "HTTPS://X", "myapp+x-1://a"})
    EXPECT_EQ(advice_on("url", url), "") << url;
  for (const auto* text : {"", "mysaas.com", "/dashboard", "//mysaas.com", "https://", "://x", "https:/x",
                           "1a://x", "https://my saas.com", "https://x\n"})
    EXPECT_EQ(advice_on("url", text), "'" + std::string(text) + "' is not an absolute URL") << text;
}

TEST(Advice, KnowsEmailsFromOtherTexts) {
  for (const auto* email : {"elon@musk.com", "a@b", "\"x@y\"@z", "ü@é"})
    EXPECT_EQ(advice_on("email", email), "") << email;
  for (const auto* text : {"", "elon", "@musk.com", "elon@", "elon @musk.com"})
    EXPECT_NE(advice_on("email", text), "") << text;
}

TEST(Advice, KnowsColorsFromOtherTexts) {
  for (const auto* color : {"#286efa", "#FFF", "#ffff", "#12345678", "white", "RebeccaPurple", "rgb(1,2,3)",
                            "rgba(1, 2, 3, .5)", "hsl(120deg 75% 25%)", "transparent", "currentcolor"})
    EXPECT_EQ(advice_on("color", color), "") << color;
  for (const auto* text : {"", "286efa", "#", "#12", "#12345", "#ggg", "reddish", "rgb(1,2", "blue "})
    EXPECT_NE(advice_on("color", text), "") << text;
}

TEST(Advice, KnowsEveryColorNameOfCss) {
  // First and last of each letter that has some, so that the table's order cannot slip: it is searched by
  // halves.
  for (const auto* color :
       {"aliceblue",   "azure",       "beige",      "burlywood", "cadetblue",     "cyan",     "darkblue",
        "dodgerblue",  "firebrick",   "fuchsia",    "gainsboro", "grey",          "honeydew", "hotpink",
        "indianred",   "ivory",       "khaki",      "lavender",  "linen",         "magenta",  "moccasin",
        "navajowhite", "navy",        "oldlace",    "orchid",    "palegoldenrod", "purple",   "rebeccapurple",
        "royalblue",   "saddlebrown", "steelblue",  "tan",       "turquoise",     "violet",   "wheat",
        "whitesmoke",  "yellow",      "yellowgreen"})
    EXPECT_EQ(advice_on("color", color), "") << color;
}

TEST(Advice, MentionsSessionLengthsThatAreNone) {
  for (const auto* length : {"30m", "1h", "7d", "1w", "168h", "1", "2 days"})
    EXPECT_EQ(advice_on("session_length", length), "") << length;
  EXPECT_EQ(advice_on("session_length", "abc"),
            "'abc' cannot be read as a duration ('30m', '1h', '7d'): the session gets the default of 1h");
  EXPECT_EQ(advice_on("session_length", "0"), "'0' is not above zero: the session expires immediately");
  EXPECT_EQ(advice_on("session_length", "-1h"), "'-1h' is not above zero: the session expires immediately");
  EXPECT_EQ(advice_on("session_length", "8d"),
            "'8d' is longer than the documented maximum of one week: the real service may refuse it");
}

TEST(Advice, MentionsAKeyOfAnOpenObjectThatIsNearAKnownOne) {
  const json schema = {
      {"properties",
       {{"theme", {{"properties", {{"primary_color", json::object()}, {"logo", json::object()}}}}}}}};
  EXPECT_EQ(advise(schema, json::parse(R"({"theme": {"primry_color": "#fff", "corner": 1}})")),
            (std::vector<Advice>{{"/theme/primry_color",
                                  "'primry_color' is accepted and ignored. Did you mean 'primary_color'?"}}));
  EXPECT_TRUE(
      advise(schema, json::parse(R"({"theme": {"primary_color": "x", "primry_color": "y"}})")).empty())
      << "the key that it is near stands beside it";
}

TEST(Advice, LooksIntoListsAndLeavesOtherTypesAlone) {
  const json schema = {{"items", {{"x-advice", "url"}}}};
  EXPECT_EQ(advise(schema, json::parse(R"(["https://a", "b", 3])")),
            (std::vector<Advice>{{"/1", "'b' is not an absolute URL"}}));
  EXPECT_TRUE(advise(schema, json::object()).empty());
  EXPECT_TRUE(advise(true, json::object()).empty());
}

}  // namespace
}  // namespace vault_mock::contract
