#include "spaces/budget.hpp"

#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace vault_mock::spaces {
namespace {

std::shared_ptr<Ledger> ledger(std::size_t space, std::size_t program) {
  return std::make_shared<Ledger>(MemoryLimits{.space = space, .program = program});
}

TEST(Account, ChargesItsPartsItselfAndTheLedger) {
  const auto all = ledger(1'000, 10'000);
  Account one(all), other(all);
  one.charge(Part::journal, 300);
  one.charge(Part::rules, 200);
  other.charge(Part::connections, 50);
  one.charge(Part::journal, -100);
  EXPECT_EQ(one.used(Part::journal), 200u);
  EXPECT_EQ(one.used(), 400u);
  EXPECT_EQ(all->used(), 450u);
  EXPECT_EQ(all->pinned(), 250u);
  one.set_used(Part::journal, 10);
  EXPECT_EQ(one.used(), 210u);
  EXPECT_EQ(all->used(), 260u);
}

TEST(Account, GivesEverythingBackAtItsEnd) {
  const auto all = ledger(1'000, 10'000);
  {
    Account one(all);
    one.charge(Part::rules, 500);
    one.charge(Part::journal, 600);
  }
  EXPECT_EQ(all->used(), 0u);
  EXPECT_EQ(all->pinned(), 0u);
}

TEST(Account, HasRoomForWhatIsHeldInItsHalfAndInThatOfAll) {
  const auto all = ledger(1'000, 1'200);
  Account one(all), other(all);
  EXPECT_EQ(one.room(), 500u);
  one.charge(Part::journal, 900);
  EXPECT_EQ(one.room(), 500u) << "what passes takes no room from what is held";
  other.charge(Part::rules, 400);
  EXPECT_EQ(one.room(), 200u) << "of the half of all";
  one.charge(Part::connections, 450);
  EXPECT_EQ(one.room(), 0u);
  EXPECT_TRUE(one.is_over());
  EXPECT_TRUE(all->is_over());
}

TEST(Account, HasNoMoreThanTheProgram) { EXPECT_EQ(Account(ledger(1'000, 300)).limit(), 300u); }

TEST(Account, LeavesTheJournalSomethingWhateverElseThereIs) {
  const Account one(ledger(16'000, 100'000));
  std::size_t others = 0;
  for (const auto part :
       {Part::previous_rule_books, Part::sessions, Part::consumers, Part::counters, Part::rules})
    others += one.share_of(part);
  EXPECT_LT(others, one.limit());
}

TEST(Account, CountsLossesAndSaysWhichAreNews) {
  const auto all = ledger(1'000, 10'000);
  Account one(all), other(all);
  one.count_dropped(DropKind::requests, 5, /*notable=*/false);
  EXPECT_FALSE(all->has_unreported_drops());
  other.count_dropped(DropKind::requests, 2);
  other.count_dropped(DropKind::sessions, 0);
  EXPECT_EQ(one.dropped(DropKind::requests), 5u);
  EXPECT_EQ(all->dropped(DropKind::requests), 7u);
  EXPECT_EQ(all->take_unreported_drops(), 1u << static_cast<unsigned>(DropKind::requests));
  EXPECT_FALSE(all->has_unreported_drops());
}

TEST(Account, AddsUpWhatManyThreadsCharge) {
  const auto all = ledger(1'000, 10'000);
  Account one(all);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 10'000; ++n) {
        one.charge(Part::journal, 7);
        one.charge(Part::journal, -6);
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(one.used(), 40'000u);
  EXPECT_EQ(all->used(), 40'000u);
}

}  // namespace
}  // namespace vault_mock::spaces
