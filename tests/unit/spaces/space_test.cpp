#include "spaces/space.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <gtest/gtest.h>
#include <thread>

#include "unit/spaces/tried.hpp"

namespace vault_mock::spaces {
namespace {

using namespace std::chrono_literals;

void together(int threads, const std::function<void()>& action) {
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i) all.emplace_back(action);
  for (auto& one : all) one.join();
}

TEST(Space, LosesNoChangeOfItsClock) {
  Tried tried;
  constexpr int kThreads = 8, kTimes = 2'000;
  together(kThreads, [&] {
    for (int i = 0; i < kTimes; ++i)
      tried.space.change_clock([](Clock& clock) { return clock.advance(1ms), true; });
  });
  EXPECT_EQ(tried.space.clock().offset(), kThreads * kTimes * 1ms);
}

TEST(Space, CountsForARuleAndNotForItsIdOrText) {
  Tried tried;
  constexpr auto kOnce = R"({"times":1,"respond":{"error":402}})";
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(tried.add(kOnce, "same-id"), RuleChangeResult::done);
    EXPECT_EQ(tried.answer(), 402);
    EXPECT_EQ(tried.answer(), 0);
    EXPECT_TRUE(tried.space.remove_rule("same-id"));
  }
}

TEST(Space, DrawsIdsThatNoRuleHas) {
  Tried tried;
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    tried.space.set_seed(7);
    ids.push_back(tried.space.new_rule_id());
    EXPECT_EQ(tried.add(R"({"respond":{"error":402}})", ids.back()), RuleChangeResult::done);
  }
  std::ranges::sort(ids);
  EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
}

TEST(Space, MakesItsBookOfRulesWhenItIsAskedForIt) {
  Tried tried;
  const auto first = tried.space.rules();
  EXPECT_EQ(tried.space.rules(), first);
  tried.add(R"({"respond":{"error":402}})");
  tried.add(R"({"respond":{"error":404}})");
  const auto second = tried.space.rules();
  EXPECT_EQ(second->size(), 2u);
  EXPECT_EQ(tried.space.rules(), second);
  EXPECT_EQ(tried.answer(), 404);
  const auto files = std::make_shared<const rules::RuleBook>();
  tried.space.set_file_rules(files);
  EXPECT_EQ(tried.space.rules()->size(), 2u);
  tried.space.reset({.rules = true});
  EXPECT_EQ(tried.space.rules(), files);
}

TEST(Space, KeepsTheBooksOfTheLastChangesAndNotAll) {
  Tried tried;
  std::vector<std::weak_ptr<const rules::RuleBook>> books;
  for (int i = 0; i < 100; ++i) {
    tried.add(R"({"respond":{"error":402}})", "id");
    books.push_back(tried.space.rules());
    tried.space.remove_rule("id");
    tried.space.rules();
  }
  EXPECT_FALSE(books.back().expired());
  EXPECT_FALSE(books[95].expired());
  EXPECT_TRUE(books[80].expired());
  EXPECT_TRUE(books.front().expired());
}

TEST(Space, KeepsNoOldBooksBeyondTheirMemory) {
  Tried tried({.space = 1'000'000, .program = 1'000'000});
  std::vector<std::weak_ptr<const rules::RuleBook>> books;
  for (int i = 0; i < 10; ++i) {
    tried.add(R"({"respond":{"status":200,"body":")" + std::string(50'000, 'x') + "\"}}", "id");
    books.push_back(tried.space.rules());
    tried.space.remove_rule("id");
    tried.space.rules();
    EXPECT_LE(tried.space.account().used(Part::previous_rule_books), 1'000'000u / 16);
  }
  EXPECT_TRUE(books.back().expired());
  EXPECT_EQ(tried.space.account().used(Part::rules), 0u);
}

TEST(Space, SettlesItsAccountWhenRulesOfTheFilesChange) {
  Tried tried;
  tried.add(R"({"respond":{"error":402}})", "id");
  tried.space.rules();
  tried.space.remove_rule("id");
  tried.space.rules();
  EXPECT_GT(tried.space.account().used(Part::previous_rule_books), 0u);
  tried.space.set_file_rules(std::make_shared<const rules::RuleBook>());
  EXPECT_EQ(tried.space.account().used(Part::previous_rule_books), 0u);
}

// 10,000 consumers with connections, and one more.
TEST(Space, SaysInTheLogThatConnectionsWereForgotten) {
  Tried tried({.space = 100'000'000, .program = 200'000'000});
  vault::Connector connector;
  connector.id = "crm+x";
  const auto add = [&](std::size_t i) {
    tried.space.use_consumers([&](vault::Consumers& consumers) {
      auto& consumer = consumers.upsert("a", std::to_string(i), {});
      EXPECT_NE(consumers.keep(consumer, connector, consumer.copy_or_new(connector, {})), nullptr);
    });
  };
  for (std::size_t i = 0; i < vault::Consumers::kMost; ++i) add(i);
  EXPECT_FALSE(tried.ledger->has_unreported_drops());
  add(vault::Consumers::kMost);
  EXPECT_EQ(tried.ledger->take_unreported_drops(), 1u << static_cast<unsigned>(DropKind::consumers));
  EXPECT_EQ(tried.space.account().dropped(DropKind::consumers), 1u);
}

TEST(Space, RefusesRulesForWhichItHasNoRoom) {
  Tried tried({.space = 100'000, .program = 1'000'000});
  int taken = 0;
  while (tried.add(R"({"respond":{"error":402}})") == RuleChangeResult::done) ++taken;
  EXPECT_GT(taken, 5);
  EXPECT_LE(tried.space.account().used(Part::rules), 50'000u);
  EXPECT_EQ(tried.space.account().dropped(DropKind::refused), 1u);
  EXPECT_TRUE(tried.space.is_worth_keeping());
  tried.space.reset({.rules = true});
  EXPECT_FALSE(tried.space.is_worth_keeping());
  EXPECT_EQ(tried.add(R"({"respond":{"error":402}})"), RuleChangeResult::done);
}

TEST(Space, IsEmptyInAllItsAccountsAfterAReset) {
  Tried tried;
  const auto before = tried.space.account().used();
  tried.add(R"({"per":"consumer","times":5,"respond":{"error":402}})");
  EXPECT_EQ(tried.answer(), 402);
  tried.space.journal().record({});
  tried.space.add_session(session_of("t"));
  tried.space.use_consumers([](vault::Consumers& consumers) {
    vault::Connector connector;
    connector.id = "crm+x";
    auto& consumer = consumers.upsert("a", "c", {});
    EXPECT_NE(consumers.keep(consumer, connector, consumer.copy_or_new(connector, {})), nullptr);
    consumers.upsert("a", "d", {});
  });
  for (const auto part :
       {Part::journal, Part::sessions, Part::consumers, Part::counters, Part::connections, Part::rules})
    EXPECT_GT(tried.space.account().used(part), 0u) << to_string(part);
  tried.space.reset({.rules = true, .counters = true, .journal = true, .clock = true, .sessions = true});
  tried.space.rules();
  EXPECT_EQ(tried.space.account().used() - tried.space.account().used(Part::previous_rule_books), before);
}

// Whoever asks while the space is reset sees all that was there, or nothing.
TEST(Space, IsResetInOneStep) {
  Tried tried;
  std::atomic<bool> stop = false;
  std::atomic<int> errors = 0;
  std::thread other([&] {
    while (!stop) tried.space.journal().record({});
  });
  for (int i = 0; i < 200; ++i) {
    tried.add(R"({"respond":{"error":402}})");
    tried.answer();
    tried.space.reset({.rules = true, .counters = true, .journal = true, .clock = true, .sessions = true});
    if (tried.answer() != 0) ++errors;
  }
  stop = true;
  other.join();
  EXPECT_EQ(errors, 0);
  tried.space.journal().clear();
  EXPECT_EQ(tried.space.account().used(Part::journal), 0u) << "what was recorded meanwhile is counted, too";
}

}  // namespace
}  // namespace vault_mock::spaces
