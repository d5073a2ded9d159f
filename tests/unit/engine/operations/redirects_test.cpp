#include "engine/operations/redirects.hpp"

#include <gtest/gtest.h>

namespace vault_mock::engine {
namespace {

TEST(Redirects, KnowTheVendorsCallbackFromOneThatOnlyBeginsAlike) {
  for (const auto* uri :
       {"https://vault.apideck.com/oauth/callback", "https://vault.apideck.com/oauth/callback?a=1",
        "https://vault.apideck.com/oauth/callback#a"})
    EXPECT_TRUE(is_vendors_callback(uri)) << uri;
  for (const auto* uri :
       {"https://vault.apideck.com/oauth/callbacks", "https://vault.apideck.com/oauth/callback/x",
        "http://vault.apideck.com/oauth/callback", ""})
    EXPECT_FALSE(is_vendors_callback(uri)) << uri;
}

TEST(Redirects, KeepWhatFollowsOnTheLandingPage) {
  EXPECT_EQ(landing_page(""), "/oauth/callback");
  EXPECT_EQ(landing_page("https://vault.apideck.com/oauth/callback"), "/oauth/callback");
  EXPECT_EQ(landing_page("https://vault.apideck.com/oauth/callback?a=1#b"), "/oauth/callback?a=1#b");
}

TEST(Redirects, PutAFragmentInPlaceOfTheOneThereIs) {
  EXPECT_EQ(with_fragment("https://a/b?c=1", "d"), "https://a/b?c=1#d");
  EXPECT_EQ(with_fragment("https://a/b#c", "d"), "https://a/b#d");
  EXPECT_EQ(with_fragment("myapp://done", "d=1"), "myapp://done#d=1");
}

TEST(Redirects, PutAQueryBeforeTheFragment) {
  EXPECT_EQ(with_query("https://a/b#c", "d", "1"), "https://a/b?d=1#c");
  EXPECT_EQ(with_query("https://a/b?x=1#c", "d", "1"), "https://a/b?x=1&d=1#c");
}

}  // namespace
}  // namespace vault_mock::engine
