#include "text/url.hpp"

#include <gtest/gtest.h>
#include <utility>

namespace vault_mock::text {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs pairs_of(std::string_view query) {
  Pairs pairs;
  each_query_pair(query, [&](std::string_view name, std::string_view value) {
    pairs.emplace_back(query_decoded(name), query_decoded(value));
    return true;
  });
  return pairs;
}

// RFC 3986: 2.1 (the digits in either case), 2.4 (never twice), 2.5 (UTF-8).
TEST(PercentDecoded, ReadsTheExamplesOfTheRfc) {
  EXPECT_EQ(percent_decoded("%20"), " ");
  EXPECT_EQ(percent_decoded("%2f%2F"), "//");
  EXPECT_EQ(percent_decoded("%7Euser"), "~user");
  EXPECT_EQ(percent_decoded("%2525"), "%25");
  EXPECT_EQ(percent_decoded("%41"), "A");
  EXPECT_EQ(percent_decoded("%C3%80"), "À");
  EXPECT_EQ(percent_decoded("%E3%82%A2"), "ア");
  EXPECT_EQ(percent_decoded("%00"), std::string(1, '\0'));
  EXPECT_EQ(percent_decoded("a+b"), "a+b");
  EXPECT_EQ(percent_decoded(""), "");
}

TEST(PercentDecoded, LeavesBrokenEscapesAlone) {
  for (const auto* text : {"%", "a%", "%2", "%zz", "%2g", "%g2", "% 2", "%-1", "%+1", "%0x", "%zz%2"})
    EXPECT_EQ(percent_decoded(text), text);
  EXPECT_EQ(percent_decoded("%%41%"), "%A%");
}

TEST(StrictlyPercentDecoded, NamesTheFirstBrokenEscape) {
  EXPECT_EQ(strictly_percent_decoded("a%20b%2Fc%2fd%25e+"), "a b/c/d%e+");
  EXPECT_EQ(strictly_percent_decoded("%2525"), "%25");
  for (const auto* text : {"%", "a%", "%2", "%zz", "%2g", "%g2", "% 2", "%-1", "%+1", "%0x"})
    EXPECT_FALSE(strictly_percent_decoded(text)) << text;
  EXPECT_EQ(strictly_percent_decoded("%41b%zzc").error(), "%zz");
  EXPECT_EQ(strictly_percent_decoded("ab%\x1b[").error(), "%");
}

TEST(PercentEncoded, KeepsWhatAPathSegmentMayHold) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(percent_decoded(percent_encoded(all)), all);
  EXPECT_EQ(strictly_percent_decoded(percent_encoded(all)), all);
  EXPECT_EQ(percent_encoded("a/b c?d#e%f[g]:h"), "a%2Fb%20c%3Fd%23e%25f%5Bg%5D:h");
  EXPECT_EQ(percent_encoded("À~-._"), "%C3%80~-._");
}

TEST(PercentEncodedInvisible, KeepsAUrlAsItIs) {
  EXPECT_EQ(percent_encoded_invisible("https://a/b?c=%20&d#e"), "https://a/b?c=%20&d#e");
  EXPECT_EQ(percent_encoded_invisible("a\r\nb \x7F"), "a%0D%0Ab%20%7F");
  EXPECT_EQ(percent_encoded_invisible("ü"), "%C3%BC");
  EXPECT_EQ(percent_encoded_invisible("<a b='%'>", "<>%"), "%3Ca%20b='%25'%3E");
}

// web-platform-tests, url/urlencoded-parser.any.js, of what bytes can say.
TEST(Query, IsReadAsTheUrlStandardReadsIt) {
  const std::pair<std::string_view, Pairs> cases[] = {
      {"test", {{"test", ""}}},
      {"a=b&c=d", {{"a", "b"}, {"c", "d"}}},
      {"a=b&c=d&", {{"a", "b"}, {"c", "d"}}},
      {"&&&a=b&&&&c=d&", {{"a", "b"}, {"c", "d"}}},
      {"a=a&a=b&a=c", {{"a", "a"}, {"a", "b"}, {"a", "c"}}},
      {"a==a", {{"a", "=a"}}},
      {"a=a+b+c+d", {{"a", "a b c d"}}},
      {"a=%20", {{"a", " "}}},
      {"a=%2B", {{"a", "+"}}},
      {"a=b+c", {{"a", "b c"}}},
      {"a+b=c", {{"a b", "c"}}},
      {"%=a", {{"%", "a"}}},
      {"%a=a", {{"%a", "a"}}},
      {"%a_=a", {{"%a_", "a"}}},
      {"%61=a", {{"a", "a"}}},
      {"%61+%4d%4D=", {{"a MM", ""}}},
      {"id=0&value=%", {{"id", "0"}, {"value", "%"}}},
      {"b=%2sf%2a", {{"b", "%2sf*"}}},
      {"b=%2%2af%2a", {{"b", "%2*f*"}}},
      {"b=%%2a", {{"b", "%*"}}},
      {"=a", {{"", "a"}}},
      {"=", {{"", ""}}},
      {"", {}},
      {"&&", {}},
  };
  for (const auto& [query, expected] : cases) EXPECT_EQ(pairs_of(query), expected) << query;
}

TEST(QueryValue, IsTheFirstOfItsName) {
  constexpr std::string_view kQuery = "a=1&b%5Bc%5D=x+y%2Bz&d&e=&a=2&two+words=3";
  EXPECT_EQ(query_value(kQuery, "a"), "1");
  EXPECT_EQ(query_value(kQuery, "b[c]"), "x y+z");
  EXPECT_EQ(query_value(kQuery, "d"), "");
  EXPECT_EQ(query_value(kQuery, "e"), "");
  EXPECT_EQ(query_value(kQuery, "two words"), "3");
  EXPECT_EQ(query_value(kQuery, "two+words"), std::nullopt);
  EXPECT_EQ(query_value(kQuery, "A"), std::nullopt);
  EXPECT_EQ(query_value("", ""), std::nullopt);
}

}  // namespace
}  // namespace vault_mock::text
