#include "spaces/added_rules.hpp"

#include <chrono>
#include <gtest/gtest.h>

#include "rules/language/rule_file.hpp"

namespace vault_mock::spaces {
namespace {

constexpr std::size_t kPlenty = 100'000'000;

AddedRule rule(const std::string& id, int status = 402) {
  const auto number = std::to_string(status);
  return {id, rules::rule_from_text(R"({"name":")" + id + R"(","when":{"consumer_id":")" + id +
                                         R"("},"respond":{"error":)" + number + "}}",
                                     "rule-" + id, {})->rule};
}

std::shared_ptr<const rules::RuleBook> files() {
  static const auto kBook = std::make_shared<const rules::RuleBook>(
      rules::read_rule_file(R"({"rules":[{"name":"file","respond":{"error":404}}]})", "f.json", {})->rules);
  return kBook;
}

std::vector<std::string> names(const rules::RuleBook& book) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < book.size(); ++i) names.push_back(book.at(i).name);
  return names;
}

using Names = std::vector<std::string>;

TEST(AddedRules, ComeNewestFirstAndBeforeTheFiles) {
  AddedRules added;
  EXPECT_EQ(added.book(files()), files());
  for (const auto* id : {"a", "b", "c"}) EXPECT_EQ(added.add(rule(id), kPlenty), RuleChangeResult::done);
  EXPECT_EQ(names(*added.book(files())), (Names{"c", "b", "a", "file"}));
  EXPECT_TRUE(added.remove("b"));
  EXPECT_FALSE(added.remove("b"));
  EXPECT_EQ(names(*added.book(files())), (Names{"c", "a", "file"}));
  added.clear();
  EXPECT_EQ(added.book(files()), files());
  EXPECT_EQ(added.bytes(), 0u);
}

TEST(AddedRules, KeepTheirOrderWhenThereAreThousands) {
  AddedRules added;
  Names expected = {"file"};
  for (int i = 0; i < 500; ++i) {
    const auto id = "r" + std::to_string(i);
    ASSERT_EQ(added.add(rule(id), kPlenty), RuleChangeResult::done);
    expected.insert(expected.begin(), id);
    if (i % 7 == 0) {
      ASSERT_EQ(names(*added.book(files())), expected);
    }
  }
  for (const auto* id : {"r3", "r499", "r250"}) {
    ASSERT_TRUE(added.remove(id));
    std::erase(expected, id);
    ASSERT_EQ(names(*added.book(files())), expected);
  }
  ASSERT_EQ(added.replace(rule("r1", 500), kPlenty), RuleChangeResult::done);
  const auto book = added.book(files());
  ASSERT_EQ(names(*book), expected);
  EXPECT_NE(book->at(book->size() - 3).source.find("500"), std::string::npos);
  const auto other = std::make_shared<const rules::RuleBook>();
  expected.pop_back();
  EXPECT_EQ(names(*added.book(other)), expected) << "on top of the new files";
}

TEST(AddedRules, HaveAnIdentityThatNoOtherEverHad) {
  AddedRules added;
  added.add(rule("a"), kPlenty);
  const auto first = added.find("a")->rule->identity;
  added.clear();
  added.add(rule("a"), kPlenty);
  const auto second = added.find("a")->rule->identity;
  EXPECT_NE(first, second);
  EXPECT_EQ(added.replace(rule("a"), kPlenty), RuleChangeResult::done);
  EXPECT_EQ(added.find("a")->rule->identity, second) << "the same text goes on counting";
  EXPECT_EQ(added.replace(rule("a", 500), kPlenty), RuleChangeResult::done);
  EXPECT_NE(added.find("a")->rule->identity, second);
  EXPECT_EQ(added.find("a")->rule->identity & rules::kIdentityOfFiles, 0u);
  EXPECT_NE(files()->at(0).identity & rules::kIdentityOfFiles, 0u);
}

TEST(AddedRules, HaveIdsThatNoOtherHasAtTheSameTime) {
  AddedRules added;
  EXPECT_EQ(added.add(rule("a"), kPlenty), RuleChangeResult::done);
  EXPECT_EQ(added.add(rule("a", 500), kPlenty), RuleChangeResult::id_is_taken);
  EXPECT_EQ(added.replace(rule("b"), kPlenty), RuleChangeResult::no_such_id);
  EXPECT_TRUE(added.has("a"));
  EXPECT_FALSE(added.has("b"));
}

TEST(AddedRules, AreRefusedWhenThereIsNoRoom) {
  AddedRules added;
  EXPECT_EQ(added.add(rule("a"), 100), RuleChangeResult::no_room);
  EXPECT_EQ(added.size(), 0u);
  EXPECT_EQ(added.add(rule("a"), kPlenty), RuleChangeResult::done);
  auto longer = rule("a");
  longer.rule = rules::rule_from_text(
      R"({"respond":{"status":200,"body":")" + std::string(10'000, 'x') + "\"}}", "x", {})->rule;
  EXPECT_EQ(added.replace(longer, 1'000), RuleChangeResult::no_room);
  EXPECT_EQ(added.find("a")->rule->name, "a");
  EXPECT_EQ(added.replace(longer, kPlenty), RuleChangeResult::done);
  EXPECT_GT(added.bytes(), 10'000u);
}

// What adding costs does not grow with what is there: 20,000 take about ten times as long as 2,000, not a
// hundred times, although a request comes after each.
TEST(AddedRules, TakeTimeInProportionToTheirNumber) {
  const auto seconds = [](int count) {
    AddedRules added;
    const auto one = rule("x").rule;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) {
      added.add({std::to_string(i), one}, kPlenty * 10);
      if (i % 16 == 0) added.book(files());
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  double ratio = 100;
  for (int attempt = 0; attempt < 5 && ratio > 40; ++attempt)
    ratio = std::min(ratio, seconds(20'000) / seconds(2'000));
  EXPECT_LT(ratio, 40);
}

}  // namespace
}  // namespace vault_mock::spaces
