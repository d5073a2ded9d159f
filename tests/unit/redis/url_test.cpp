#include "redis/url.hpp"

#include <gtest/gtest.h>

namespace vault_mock::redis {
namespace {

Url read(std::string_view text) {
  auto url = read_url(text);
  EXPECT_TRUE(url.has_value()) << text << ": " << (url ? "" : url.error());
  return url.value_or(Url{});
}

std::string problem(std::string_view text) {
  const auto url = read_url(text);
  return url ? "none" : url.error();
}

TEST(RedisUrl, HasAllParts) {
  const auto url = read("rediss://ann:p%40ss%3A%2F@cache.example:6380/3?ca=%2Fetc%2Fca.pem");
  EXPECT_TRUE(url.is_tls);
  EXPECT_EQ(url.user, "ann");
  EXPECT_EQ(url.password, "p@ss:/");
  EXPECT_EQ(url.host, "cache.example");
  EXPECT_EQ(url.port, 6380);
  EXPECT_EQ(url.database, 3);
  EXPECT_EQ(url.ca_file, "/etc/ca.pem");
  EXPECT_FALSE(url.is_any_certificate);
}

TEST(RedisUrl, NeedsAHostAlone) {
  for (const auto* text : {"redis://cache", "redis://cache/", "redis://cache:6379/0"}) {
    const auto url = read(text);
    EXPECT_FALSE(url.is_tls);
    EXPECT_EQ(url.host, "cache");
    EXPECT_EQ(url.port, 6379);
    EXPECT_EQ(url.database, 0);
    EXPECT_EQ(url.user + url.password + url.ca_file, "");
  }
}

TEST(RedisUrl, HasAPasswordWithoutAUser) {
  const auto url = read("redis://:secret@cache");
  EXPECT_EQ(url.user, "");
  EXPECT_EQ(url.password, "secret");
}

TEST(RedisUrl, HasAnAddressInBrackets) {
  EXPECT_EQ(read("redis://[::1]:7000").host, "::1");
  EXPECT_EQ(read("redis://[::1]:7000").port, 7000);
  EXPECT_EQ(read("redis://[::1]").in_words(), "redis://[::1]:6379");
}

TEST(RedisUrl, TakesAnyCertificateOnlyWhenItSaysSo) {
  EXPECT_TRUE(read("rediss://cache?verify=no").is_any_certificate);
  EXPECT_FALSE(read("rediss://cache/?verify=yes").is_any_certificate);
}

TEST(RedisUrl, IsShownWithoutItsPassword) {
  EXPECT_EQ(read("rediss://ann:secret@cache/2?verify=no").in_words(), "rediss://ann@cache:6379/2");
  EXPECT_EQ(read("redis://:secret@cache").in_words(), "redis://cache:6379");
}

TEST(RedisUrl, SaysWhatIsWrong) {
  EXPECT_TRUE(problem("http://cache").starts_with("it does not begin with redis:// or rediss://"));
  EXPECT_TRUE(problem("cache:6379")
                  .ends_with("expected is redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], or "
                             "rediss:// for TLS"));
  EXPECT_TRUE(problem("redis://").starts_with("there is no host"));
  EXPECT_TRUE(problem("redis://:6379").starts_with("there is no host"));
  EXPECT_TRUE(problem("redis://ca che").starts_with("the host has a character"));
  EXPECT_TRUE(problem("redis://cache:0").starts_with("the port is not a number"));
  EXPECT_TRUE(problem("redis://cache:65536").starts_with("the port is not a number"));
  EXPECT_TRUE(problem("redis://cache:").starts_with("the port is not a number"));
  EXPECT_TRUE(problem("redis://::1").starts_with("an IPv6 address stands in brackets"));
  EXPECT_TRUE(problem("redis://[::1").starts_with("an address that begins with ["));
  EXPECT_TRUE(problem("redis://[::1]6379").starts_with("behind the ]"));
  EXPECT_TRUE(problem("redis://cache/x").starts_with("behind the host's /"));
  EXPECT_TRUE(problem("redis://cache/-1").starts_with("behind the host's /"));
  EXPECT_TRUE(problem("redis://ann@cache").starts_with("before the @, there is no colon"));
  EXPECT_TRUE(problem("redis://ann:@cache").starts_with("there is a user, but no password"));
  EXPECT_TRUE(problem("redis://:a%2@cache").starts_with("user and password are percent-encoded"));
  EXPECT_TRUE(problem("redis://cache#x").starts_with("there is a #"));
  EXPECT_TRUE(problem("redis://cache?ca=x").starts_with("ca= is for TLS"));
  EXPECT_TRUE(problem("rediss://cache?ca=").starts_with("ca= names the file"));
  EXPECT_TRUE(problem("rediss://cache?verify=maybe").starts_with("verify= is yes or no"));
  EXPECT_TRUE(problem("rediss://cache?ca=x&ca=y").starts_with("ca= is there more than once"));
  EXPECT_TRUE(problem("rediss://cache?ca=x&verify=no").starts_with("ca= says which certificates"));
  EXPECT_TRUE(problem("rediss://cache?timeout=1").starts_with("behind the ? come"));
}

// A / or ? in a password that is not encoded puts its rest anywhere else.
TEST(RedisUrl, NeverRepeatsAPassword) {
  for (const auto* text :
       {"redis://:sec/ret@cache", "redis://:sec?ret@cache", "redis://:sec#ret@cache",
        "redis://ann:ret/@cache", "redis://:ret%zz@cache", "redis://ret@cache", "http://:ret@cache",
        "redis://:ret@cache:x", "redis://:ret@", "redis://:ret@cache/x", "rediss://:ret@cache?x=y"}) {
    const auto url = read_url(text);
    ASSERT_FALSE(url.has_value()) << text;
    EXPECT_EQ(url.error().find("ret"), std::string::npos) << text << ": " << url.error();
  }
}

}  // namespace
}  // namespace vault_mock::redis
