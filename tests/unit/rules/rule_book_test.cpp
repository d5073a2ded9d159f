#include "rules/rule_book.hpp"

#include "unit/rules/asking.hpp"

namespace vault_mock::rules {
namespace {

constexpr int kMany = 10'000;

// The rules number 1 to 10,000, each with that condition; its number goes where the # is.
Asking many(const std::string& when) {
  std::string text;
  for (int number = 1; number <= kMany; ++number) {
    auto rule = std::string(text.empty() ? "" : ",") + R"({"name":"#","when":)" + when +
                R"(,"respond":{"error":402}})";
    for (auto at = rule.find('#'); at != rule.npos; at = rule.find('#'))
      rule.replace(at, 1, std::to_string(number));
    text += rule;
  }
  return Asking(text);
}

// The names of the rules that are looked at.
std::vector<std::string> looked_at(const Asking& asking, const Asked& asked) {
  std::vector<std::string> names;
  Asking::with(asked, [&](const RequestView& request) {
    return asking.book().visit_candidates(Phase::after_validation, request,
                                          [&](std::size_t, const Rule& rule) {
                                            names.push_back(rule.name);
                                            return false;
                                          });
  });
  return names;
}

using Names = std::vector<std::string>;

TEST(RuleBook, LooksOnlyAtRulesThatNameTheConsumer) {
  EXPECT_EQ(looked_at(many(R"({"consumer_id":"c-#"})"), {.consumer_id = "c-77"}), Names{"77"});
  EXPECT_EQ(looked_at(many(R"({"consumer_id":{"in":["c-#","d-#"]}})"), {.consumer_id = "d-77"}), Names{"77"});
  EXPECT_EQ(
      looked_at(many(R"({"any":[{"consumer_id":"c-#"},{"consumer_id":"d-#"}]})"), {.consumer_id = "d-77"}),
      Names{"77"});
  EXPECT_EQ(looked_at(many(R"({"consumer_id":"c-#"})"), {.consumer_id = "bob"}), Names{});
}

TEST(RuleBook, LooksOnlyAtRulesThatNameAStart) {
  EXPECT_EQ(looked_at(many(R"({"consumer_id":{"starts_with":"c-#-"}})"), {.consumer_id = "c-77-x"}),
            Names{"77"});
  EXPECT_EQ(looked_at(many(R"({"consumer_id":{"starts_with":"c-#"}})"), {.consumer_id = "c-77-x"}),
            (Names{"7", "77"}));
  EXPECT_EQ(looked_at(many(R"({"any":[{"consumer_id":"c-#"},{"consumer_id":{"starts_with":"d-#-"}}]})"),
                      {.consumer_id = "d-77-x"}),
            Names{"77"});
}

TEST(RuleBook, LooksOnlyAtRulesThatNameAnotherText) {
  EXPECT_EQ(looked_at(many(R"({"app_id":"a-#"})"), {.app_id = "a-77"}), Names{"77"});
  EXPECT_EQ(looked_at(many(R"({"path":"/p/#"})"), {.path = "/p/77"}), Names{"77"});
  EXPECT_EQ(looked_at(many(R"({"query":{"q":"v #"}})"), {.query = "q=x&q=v%2077"}), Names{"77"});
  EXPECT_EQ(
      looked_at(many(R"({"headers":{"X-Case":"#"}})"), {.headers = {{"x-case", "9"}, {"X-CASE", "77"}}}),
      (Names{"9", "77"}));
  EXPECT_EQ(looked_at(many(R"({"headers":{"x-case":{"in":["a#","b#"]}}})"),
                      {.headers = {{"x-case", "b77"}, {"x-case", "a77"}}}),
            Names{"77"})
      << "once, though both of its texts are there";
}

TEST(RuleBook, LooksOnlyAtRulesThatNameAMemberOfTheBody) {
  const auto body = nlohmann::json::parse(R"({"theme":{"vault_name":"v-77"}})");
  EXPECT_EQ(looked_at(many(R"({"body":{"/theme/vault_name":"v-#"}})"), {.body = body}), Names{"77"});
  EXPECT_EQ(looked_at(many(R"({"body":{"theme":{"vault_name":"v-#"}}})"), {.body = body}), Names{"77"});
  EXPECT_EQ(looked_at(many(R"({"body":{"/theme":{"equals":{"vault_name":"v-#"}}}})"), {.body = body}).size(),
            std::size_t{kMany})
      << "inside a value that a pointer names no text is known";
  EXPECT_EQ(looked_at(many(R"({"body":{"/theme/vault_name":"v-#"}})"), {}), Names{});
}

TEST(RuleBook, LooksAtRulesThatNameNothingEachTime) {
  Asking asking(R"({"name":"a","when":{"not":{"consumer_id":"x"}},"respond":{"error":402}},
                   {"name":"b","when":{"consumer_id":"bob"},"respond":{"error":402}},
                   {"name":"c","respond":{"error":402}},
                   {"name":"d","when":{"consumer_id":"eve"},"respond":{"error":402}},
                   {"name":"e","when":{"app_id":"app-1"},"respond":{"error":402}},
                   {"name":"f","when":{"any":[{"consumer_id":"eve"},{"app_id":"app-1"}]},"respond":{"error":402}})");
  EXPECT_EQ(looked_at(asking, {}), (Names{"a", "b", "c", "e", "f"})) << "in their order";
}

TEST(RuleBook, KeepsTheOrderOfManyPlaces) {
  std::string text;
  for (int i = 0; i < 100; ++i)
    text += (text.empty() ? "" : ",") +
            (R"({"when":{"headers":{"x-)" + std::to_string(i) + R"(":"v"}},"respond":{"error":402}})");
  Asking asking(text);
  EXPECT_EQ(asking.decide({.headers = {{"x-99", "v"}, {"x-98", "v"}}}).index, 98U);
  EXPECT_EQ(asking.decide({.headers = {{"x-99", "v"}, {"x-1", "v"}}}).index, 1U);
}

TEST(RuleBook, BooksOfTheSameRulesHaveOneFingerprint) {
  const auto rule = [](std::uint64_t identity) {
    auto made = std::make_shared<Rule>();
    made->identity = identity;
    return made;
  };
  const auto in_parts = [](RuleList first, RuleList second) {
    return RuleBook(std::move(first), std::make_shared<RuleBook>(std::move(second))).fingerprint();
  };
  const auto whole = RuleBook({rule(1), rule(2), rule(3)}).fingerprint();
  EXPECT_EQ(in_parts({rule(1)}, {rule(2), rule(3)}), whole);
  EXPECT_EQ(in_parts({rule(1), rule(2)}, {rule(3)}), whole);
  EXPECT_EQ(in_parts({}, {rule(1), rule(2), rule(3)}), whole);
  EXPECT_NE(in_parts({rule(2)}, {rule(1), rule(3)}), whole) << "their order decides";
  EXPECT_NE(RuleBook({rule(1), rule(2)}).fingerprint(), whole);
  EXPECT_NE(RuleBook({rule(1), rule(2), rule(4)}).fingerprint(), whole);
  EXPECT_NE(RuleBook().fingerprint(), whole);
}

}  // namespace
}  // namespace vault_mock::rules
