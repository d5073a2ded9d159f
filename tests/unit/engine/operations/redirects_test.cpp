#include "engine/operations/redirects.hpp"

#include <gtest/gtest.h>
#include <set>
#include <string>

#include "text/embedded.hpp"

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

// The list of the pages, a line of JavaScript: export const unsafeSchemes = ["javascript", …];
std::set<std::string> unsafe_schemes_of_pages() {
  const auto source = text::embedded_file("server/web/claims.js");
  auto line = source.substr(source.find("const unsafeSchemes = ["));
  line = line.substr(0, line.find(']'));
  std::set<std::string> schemes;
  for (auto quote = line.find('"'); quote != line.npos; quote = line.find('"', quote + 1)) {
    const auto end = line.find('"', quote + 1);
    schemes.emplace(line.substr(quote + 1, end - quote - 1));
    quote = end;
  }
  return schemes;
}

TEST(Redirects, AreAsUnsafeToTheServerAsToThePages) {
  const auto list = unsafe_schemes();
  EXPECT_EQ(unsafe_schemes_of_pages(), std::set<std::string>(list.begin(), list.end()));
}

TEST(Redirects, LeadToNoUnsafeSchemeInWhateverSpelling) {
  for (const auto unsafe : unsafe_schemes()) {
    const std::string scheme(unsafe);
    auto mixed = scheme;
    mixed.front() = static_cast<char>(mixed.front() - 'a' + 'A');
    for (const auto& uri :
         {scheme + "://x", scheme + ":x", mixed + "://x", " " + scheme + "://x", "\t" + scheme + ":x",
          "\x01" + scheme + ":x", scheme + "\n:x", scheme.substr(0, 1) + "\t" + scheme.substr(1) + ":x"})
      EXPECT_FALSE(is_way_back(uri)) << uri;
  }
  for (const auto* uri : {"https://a.example/", "HTTP://a.example", "myapp://done", "",
                          "https://vault.apideck.com/oauth/callback"})
    EXPECT_TRUE(is_way_back(uri)) << uri;
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
