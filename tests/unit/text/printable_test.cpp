#include "text/printable.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace vault_mock::text {
namespace {

TEST(Printable, LeavesTextAsItIs) {
  for (const auto* text : {"", "acme", R"(a "quoted" \ path)", "Ümlaut, 漢字, 👍 and é", "a~!b"})
    EXPECT_EQ(printable(text), text);
}

TEST(Printable, EscapesWhatActsOnATerminal) {
  const std::pair<std::string, std::string> cases[] = {
      {"5\n12:00:00.000 info  POST", "5\\n12:00:00.000 info  POST"},
      {"a\r\tb", "a\\r\\tb"},
      {"\x1b[31mred", "\\u{1b}[31mred"},
      {std::string("a\0b", 3), "a\\u{0}b"},
      {"\x7f", "\\u{7f}"},
      {"\u0085 \u009b31m", "\\u{85} \\u{9b}31m"},
      {"\u202Egnp.exe", "\\u{202e}gnp.exe"},
      {"\u2066a\u2069\u200E\u200F\u061C", "\\u{2066}a\\u{2069}\\u{200e}\\u{200f}\\u{61c}"},
      {"a\u2028b\u2029c\uFEFF", "a\\u{2028}b\\u{2029}c\\u{feff}"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(printable(text), shown);
}

TEST(Printable, EscapesBytesThatAreNotUtf8) {
  EXPECT_EQ(printable("a\x9b"
                      "31m"),
            "a\\x9b31m");
  EXPECT_EQ(printable("\xc3"), "\\xc3");                             // cut off
  EXPECT_EQ(printable("\xc0\xae"), "\\xc0\\xae");                    // longer than needed
  EXPECT_EQ(printable("\xe0\x82\x9b"), "\\xe0\\x82\\x9b");           // U+009B, longer than needed
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // a surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // beyond U+10FFFF
}

TEST(Printable, NoCharacterThatActsComesThrough) {
  for (unsigned code = 0; code < 0x3000; ++code) {
    std::string text;
    if (code < 0x80)
      text = {static_cast<char>(code)};
    else if (code < 0x800)
      text = {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
    else
      text = {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
              static_cast<char>(0x80 | (code & 0x3F))};
    const bool acts = code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x61C || code == 0x200E ||
                      code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
                      (code >= 0x2066 && code <= 0x2069);
    const auto long_text = std::string(40, 'x') + text + std::string(40, 'y');
    EXPECT_EQ(printable(text) == text, !acts) << code;
    EXPECT_EQ(printable(long_text) == long_text, !acts) << code;
  }
}

TEST(Printable, LinesKeepTheirEndsAndTabs) {
  EXPECT_EQ(printable_lines("a\n\tb\x1b\r\n"), "a\n\tb\\u{1b}\\r\n");
}

TEST(Printable, JsonStaysTheSameDocument) {
  const nlohmann::json document = {{"a\u009b", "\u202E\u2028\n\x7f"}, {"b", {1, "é"}}};
  const auto safe = printable_json(document.dump());
  EXPECT_EQ(safe, R"({"a\u009b":"\u202e\u2028\n\u007f","b":[1,"é"]})");
  EXPECT_EQ(nlohmann::json::parse(safe), document);
}

TEST(Printable, AWordIsOneWordOfALine) {
  EXPECT_EQ(printable_word(""), "-");
  EXPECT_EQ(printable_word("acme"), "acme");
  EXPECT_EQ(printable_word("a b"), R"("a b")");
  EXPECT_EQ(printable_word("a\nb\x1b\u009b\u202E"), R"("a\nb\u001b\u009b\u202e")");
}

}  // namespace
}  // namespace vault_mock::text
