// Reading fixtures: what is refused, how the message reads, and where it points.
#include "rules/language/rule_file.hpp"

#include <gtest/gtest.h>
#include <set>

namespace vault_mock::rules {
namespace {

const KnownNames kVocabulary{{"sessionsCreate", "connectionsAll"},
                             {"RequestLimitError", "InvalidStateError", "EntityNotFoundError"},
                             {}};

std::string mistakes_in(std::string_view text) {
  const auto fixture = read_rule_file(text, "mine.json", kVocabulary);
  return fixture ? format(fixture->warnings) : format(fixture.error());
}

// The sentences only, one a line, for one rule.
std::string wrong_with(std::string_view rule) {
  const auto fixture = read_rule_file(R"({"rules":[)" + std::string(rule) + "]}", "mine.json", kVocabulary);
  std::string text;
  for (const auto& mistake : fixture ? fixture->warnings : fixture.error())
    text += (text.empty() ? "" : "\n") + sentence(mistake);
  return text;
}

TEST(RuleFile, ReadsTheExampleOfTheSpecification) {
  const auto text = R"({ "$schema": "./fixture.schema.json",
  "rules": [
    { "name": "free tier used up", "when": { "consumer_id": "acme" }, "respond": { "error": 402 } },
    { "name": "gateway hiccup, then fine", "when": { "consumer_id": { "starts_with": "retry-" } }, "per": "consumer",
      "sequence": [ { "status": 503, "headers": { "retry-after": "0" } }, { "fault": "reset" }, { "pass": true } ] },
    { "name": "one in ten is slow", "probability": 0.1, "respond": { "pass": true, "delay": { "median": "300ms", "sigma": 0.5 } } },
    { "name": "long sessions are refused", "when": { "body": { "/settings/session_length": { "matches": "^[0-9]+d$" } } },
      "respond": { "error": "InvalidStateError", "detail": "{{/settings/session_length}} is too long for {{consumer_id}}" } } ] })";
  EXPECT_EQ(mistakes_in(text), "");
  const auto fixture = read_rule_file(text, "dir/mine.json", kVocabulary);
  ASSERT_TRUE(fixture);
  ASSERT_EQ(fixture->rules.size(), 4u);
  EXPECT_EQ(fixture->rules[1]->label, "mine.json#gateway hiccup, then fine");
  EXPECT_EQ(fixture->rules[1]->line, 4u);
  EXPECT_EQ(fixture->rules[1]->column, 5u);
}

TEST(RuleFile, PointsAtAMistypedKeyAndNamesTheOneMeant) {
  EXPECT_EQ(mistakes_in("{\n  \"rules\": [\n    { \"respond\": { \"eror\": 402 } }\n  ]\n}\n"),
            "mine.json:3:20: error: unknown key \"eror\" in an answer; did you mean \"error\"?\n"
            "  3 |     { \"respond\": { \"eror\": 402 } }\n"
            "    |                    ^~~~~~\n");
}

TEST(RuleFile, NotesAKeyThatStandsTwiceInAValueThatIsItselfReplaced) {
  for (const auto* text : {R"({"a":{"b":1,"b":2},"a":[1]})", R"({"a":[1,{"b":1,"b":2}],"a":[1]})"})
    EXPECT_NE(mistakes_in(text).find("error: duplicate key \"b\""), std::string::npos);
}

TEST(RuleFile, TellsTheUsualSlipsOfJson) {
  EXPECT_EQ(mistakes_in("{\"rules\": [1,\n]}"),
            "mine.json:1:13: error: not valid JSON: unexpected ] after a comma (JSON has no trailing commas: "
            "leave it "
            "out, or name the file .jsonc)\n"
            "  1 | {\"rules\": [1,\n"
            "    |             ^\n");
  for (const auto* text : {"", " \n", "\xEF\xBB\xBF\r\n"})
    EXPECT_NE(mistakes_in(text).find(R"(error: the file is empty: a rule file is {"rules": [ ... ]})"),
              std::string::npos);
}

constexpr std::string_view kCommented = R"(// rules of the team
{ /* é */ "rules": [
    { "name": "a // b, /* c */ \"d", "respond": { "body": { "url": "http://x/*", "n": [1, 2,], }, }, }, // ,]
    /* { "respond": { "error": 500 } }, */
  ],
}
)";

TEST(RuleFile, MayHaveCommentsAndTrailingCommasWhereItsNameEndsInJsonc) {
  for (const auto* name : {"mine.jsonc", "MINE.JSONC"}) {
    const auto fixture = read_rule_file(kCommented, name, kVocabulary);
    ASSERT_TRUE(fixture) << format(fixture.error());
    ASSERT_EQ(fixture->rules.size(), 1u);
    EXPECT_EQ(fixture->rules[0]->name, "a // b, /* c */ \"d");
    EXPECT_EQ(fixture->rules[0]->line, 3u);
    EXPECT_EQ(fixture->rules[0]->source,
              R"({"name":"a // b, /* c */ \"d","respond":{"body":{"url":"http://x/*","n":[1,2]}}})");
  }
  EXPECT_NE(mistakes_in(kCommented).find("mine.json:1:1: error: not valid JSON: "), std::string::npos);
  EXPECT_NE(mistakes_in(kCommented).find("or name the file .jsonc"), std::string::npos);
}

TEST(RuleFile, NamesAnotherNameOnlyForWhatHasOne) {
  for (const auto* text : {"{\"rules\": [1,]}", "{\"rules\": [] // none\n}"}) {
    const auto read = read_rule_file(text, "standard input", kVocabulary);
    ASSERT_FALSE(read);
    EXPECT_EQ(format(read.error()).find(".jsonc"), std::string::npos) << format(read.error());
  }
}

TEST(RuleFile, WithCommentsShowsMistakesAsTheyStandInIt) {
  const auto fixture = read_rule_file(
      "{ \"rules\": [ /* é */ { \"respond\": { \"eror\": 402 } }, // here\n] }", "mine.jsonc", kVocabulary);
  ASSERT_FALSE(fixture);
  EXPECT_EQ(format(fixture.error()),
            "mine.jsonc:1:38: error: unknown key \"eror\" in an answer; did you mean \"error\"?\n"
            "  1 | { \"rules\": [ /* é */ { \"respond\": { \"eror\": 402 } }, // here\n"
            "    |                                     ^~~~~~\n");
}

TEST(RuleFile, WithCommentsIsStillJson) {
  const auto wrong = [](std::string_view text) {
    const auto fixture = read_rule_file(text, "mine.jsonc", kVocabulary);
    return fixture ? std::string() : fixture.error().front().message;
  };
  for (const auto* text : {"// nothing\n", "/* nothing */", ""})
    EXPECT_EQ(wrong(text), R"(the file is empty: a rule file is {"rules": [ ... ]})") << text;
  for (const auto* text : {R"({"rules": [,]})", R"({"rules": [{},,]})", R"({"rules":,})", R"({,"rules": []})",
                           R"({"rules": []},)", R"({"rules": ["a)", R"({"rules": [] # x
})"})
    EXPECT_TRUE(wrong(text).starts_with("not valid JSON: ")) << text;
  EXPECT_TRUE(
      wrong("{\"rules\": [] /* open }").ends_with(" (a comment begins with // or stands between /* and */)"));
}

TEST(RuleFile, ReadsManyEqualRulesAndTellsThemApart) {
  constexpr std::size_t kMany = 40'000;
  std::string text = R"({"rules":[{"respond":{"pass":true}})";
  for (std::size_t i = 1; i < kMany; ++i) text += R"(,{"respond":{"pass":true}})";
  const auto fixture = read_rule_file(text + "]}", "mine.json", kVocabulary);
  ASSERT_TRUE(fixture);
  std::set<std::uint64_t> identities;
  for (const auto& rule : fixture->rules) identities.insert(rule->identity);
  EXPECT_EQ(identities.size(), kMany);
  EXPECT_EQ(fixture->rules.back()->identity - fixture->rules.front()->identity, kMany - 1);
}

TEST(RuleFile, EndsSoonWhenItIsStopped) {
  const std::atomic<bool> stop{true};
  const auto fixture =
      read_rule_file(R"({"rules":[{"respond":{"pass":true}}]})", "mine.json", kVocabulary, &stop);
  ASSERT_TRUE(fixture);
  EXPECT_TRUE(fixture->rules.empty());
}

TEST(RuleFile, KeepsLittleOfLongLines) {
  std::string text = R"({"rules":[)" + std::string(1'000'000, ' ');
  for (int i = 0; i < 200; ++i) text += "5,";
  const auto fixture =
      read_rule_file(text + "5]" + std::string(1'000'000, ' ') + "}", "mine.json", kVocabulary);
  ASSERT_FALSE(fixture);
  std::size_t bytes = 0;
  for (const auto& mistake : fixture.error()) bytes += mistake.source_line.size();
  EXPECT_LT(bytes, 8'000'000u);
  EXPECT_NE(fixture.error().back().message.find("more in this file"), std::string::npos);
}

TEST(RuleFile, RefusesWhatIsNoRule) {
  EXPECT_EQ(wrong_with("7"), "expected a rule, an object, found 7");
  EXPECT_EQ(wrong_with("{}"), "a rule without an answer: expected \"respond\", \"sequence\" or \"random\"");
}

}  // namespace
}  // namespace vault_mock::rules
