// Regular expressions: what is taken, what is refused with words, and that no search takes long.
#include "text/regex.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

bool fits(const std::string& pattern, std::string_view text) {
  const auto regex = Regex::compile(pattern);
  if (!regex) throw std::runtime_error(regex.error());
  return regex->search(text) == Regex::Found::yes;
}

std::string refusal(const std::string& pattern) {
  const auto regex = Regex::compile(pattern);
  return regex ? "" : regex.error();
}

TEST(Regex, FitsSomewhereInTheText) {
  EXPECT_TRUE(fits("ell", "hello"));
  EXPECT_FALSE(fits("^ell", "hello"));
  EXPECT_TRUE(fits("", ""));
  EXPECT_TRUE(fits("^$", ""));
}

TEST(Regex, TakesWhatJavaScriptSpellsDifferently) {
  EXPECT_TRUE(fits("^\\u00e9$", "\xC3\xA9"));
  EXPECT_TRUE(fits("^[\\u0041-\\u0043]+$", "ABC"));
  EXPECT_TRUE(fits("^\\ud83d\\ude00$", "\xF0\x9F\x98\x80")) << "two halves are one character";
  EXPECT_TRUE(fits("^(?<year>[0-9]{4})$", "2027"));
  EXPECT_TRUE(fits("^\\\\u0041$", "\\u0041")) << "a backslash that is escaped itself";
}

TEST(Regex, SaysWhatIsNotSupported) {
  for (const auto* pattern : {"(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b"})
    EXPECT_TRUE(refusal(pattern).starts_with("RE2 has no look-around: \"(?")) << refusal(pattern);
  for (const auto* pattern : {"(a)\\1", "(?<n>a)\\k<n>"})
    EXPECT_TRUE(refusal(pattern).starts_with("RE2 has no back-references: \"\\")) << refusal(pattern);
  for (const auto* pattern : {"[", "(", "*", "a{2000}", "\\", "[z-a]", "\\u12", "a++", "\xFF"})
    EXPECT_TRUE(refusal(pattern).starts_with("not a valid regular expression"))
        << pattern << refusal(pattern);
  EXPECT_EQ(refusal(std::string(1001, 'a')), "the pattern is longer than 1000 bytes");
  EXPECT_EQ(refusal("((\\pL{30}){30})"), "the pattern needs too much memory: use smaller repetitions");
}

TEST(Regex, DoesNotSearchWhatWouldTakeTooLong) {
  const auto small = Regex::compile("^(a+)+$"), large = Regex::compile("(a?){400}a{400}");
  ASSERT_TRUE(small && large);
  const std::string text(1'000'000, 'a');
  EXPECT_EQ(small->search(text), Regex::Found::yes);
  EXPECT_EQ(small->search(text + "!"), Regex::Found::no);
  EXPECT_EQ(large->search(text), Regex::Found::too_long);
  EXPECT_EQ(large->search(text.substr(0, 1000)), Regex::Found::yes);
}

}  // namespace
}  // namespace vault_mock::text
