// Replicas of a mock that share their spaces through a store in memory.
#include "spaces/sharing.hpp"

#include <gtest/gtest.h>
#include <thread>

#include "spaces/registry.hpp"
#include "unit/spaces/memory_store.hpp"
#include "unit/spaces/tried.hpp"
#include "vault/catalogue.hpp"
#include "vault/consumers.hpp"

namespace vault_mock::spaces {
namespace {

using namespace std::chrono_literals;

struct Replica {
  explicit Replica(StoredMemory& memory, WithoutStore without_store = WithoutStore::counts_locally)
      : store(memory),
        sharing(std::make_shared<SharingSettings>(
            SharingSettings{.store = &store,
                            .without_store = without_store,
                            .names = &names,
                            .read_explanation = [](auto, const auto&) { return nullptr; }})),
        registry(defaults(), 100) {
    store.start(registry);
  }

  SpaceDefaults defaults() {
    auto made = tried_defaults();
    made.sharing = sharing;
    return made;
  }
  // As a request finds it.
  Space& space(std::string_view name = "s") {
    kept.push_back(registry.get(name));
    kept.back()->refresh();
    return *kept.back();
  }
  int answer(std::string_view consumer = "acme") {
    auto& asked = space();
    const auto book = asked.rules();
    rules::RequestView request{};
    request.consumer_id = consumer;
    begin_request();
    const auto decision = asked.decide(*book, request, rules::Phase::after_validation, [] { return 0.5; });
    leave_entries(store);
    if (decision.rule == nullptr) return 0;
    return std::get<int>(std::get<rules::ErrorAnswer<std::string>>(decision.answer.content).error);
  }
  void add(std::string id, std::string_view text) {
    ASSERT_EQ(space().add_rule({id, rules::rule_from_text(text, "rule-" + id, {})->rule}),
              RuleChangeResult::done);
  }

  MemoryStore store;
  rules::KnownNames names;
  std::shared_ptr<const SharingSettings> sharing;
  Registry registry;
  std::vector<std::shared_ptr<Space>> kept;
};

struct SharingTest : testing::Test {
  StoredMemory memory;
  Replica a{memory}, b{memory};
};

const vault::Connector& connector() { return vault::Catalogue::shipped().connectors().front(); }

// Sets one setting of the connection of a consumer.
void set(Space& space, const std::string& name) {
  begin_request();
  space.use_consumers([&](vault::Consumers& consumers) {
    auto& consumer = consumers.upsert("app", "acme", {});
    consumers.change(consumer, connector(), {},
                     [&](vault::Connection& connection) { connection.settings[name] = "set"; });
  });
}

std::size_t count_settings(Space& space) {
  return space.use_consumers([](vault::Consumers& consumers) -> std::size_t {
    const auto* consumer = consumers.find("app", "acme");
    const auto* connection = consumer == nullptr ? nullptr : consumer->find(connector());
    return connection == nullptr ? 0 : connection->settings.size();
  });
}

TEST_F(SharingTest, ShowsAChangeInEveryReplica) {
  EXPECT_EQ(b.answer(), 0);
  a.add("one", R"({"respond": {"error": 402}})");
  EXPECT_EQ(a.answer(), 402);
  EXPECT_EQ(b.answer(), 402);
  b.add("two", R"({"respond": {"error": 404}})");
  EXPECT_EQ(a.answer(), 404) << "the newest is asked first";
  const auto rule = a.space().find_rule("two")->rule;
  ASSERT_TRUE(a.space().switch_rule(*rule, {.enabled = false, .ends_at = {}}));
  EXPECT_EQ(b.answer(), 402);
  const auto other = rules::rule_from_text(R"({"respond": {"error": 429}})", "rule-two", {})->rule;
  EXPECT_EQ(b.space().replace_rule({"two", other}), RuleChangeResult::done);
  EXPECT_EQ(a.answer(), 402) << "another text stays off";
  EXPECT_TRUE(a.space().switch_rule(*a.space().find_rule("two")->rule, {}));
  EXPECT_EQ(b.answer(), 429);
  EXPECT_TRUE(b.space().remove_rule("two"));
  EXPECT_FALSE(a.space().remove_rule("two"));
  EXPECT_EQ(a.answer(), 402);

  a.space().change_clock([](Clock& clock) { return clock.freeze(Time(1h)), true; });
  b.space().change_clock([](Clock& clock) { return clock.advance(1h), true; });
  EXPECT_EQ(a.space().now({}), Time(2h));
  a.space().set_seed(7);
  EXPECT_EQ(b.space().seed(), 7u);
  b.space().change_oauth({{"confirm", true}});
  EXPECT_TRUE(a.space().oauth().confirm);
  a.space().end_session(session_of("token"), vault::SessionState::revoked);
  EXPECT_EQ(b.space().end_of("token"), vault::SessionState::revoked);
  b.space().reset({.rules = true, .counters = true, .clock = true, .sessions = true, .oauth = true});
  EXPECT_EQ(a.answer(), 0);
  EXPECT_EQ(a.space().now(Time(5h)), Time(5h));
  EXPECT_FALSE(a.space().oauth().confirm);
  EXPECT_EQ(a.space().end_of("token"), std::nullopt);
}

TEST_F(SharingTest, CountsExactlyOverAllReplicas) {
  a.add("times", R"({"respond": {"error": 402}, "times": 100})");
  a.answer(), b.answer();
  std::atomic<int> matched = 2;
  std::vector<std::thread> threads;
  for (auto* replica : {&a, &b})
    threads.emplace_back([&, replica] {
      for (int i = 0; i < 80; ++i) matched += replica->answer() == 402;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(matched, 100);
  b.space().catch_up();
  const auto status = b.space().rule_status(*b.space().find_rule("times")->rule);
  EXPECT_EQ(status.hits.count, 100u);
  EXPECT_EQ(status.remaining, 0u);
}

TEST_F(SharingTest, AsksTheStoreOnlyWhereSomethingCounts) {
  a.add("plain", R"({"respond": {"error": 402}})");
  a.answer(), b.answer();
  const auto before = memory.asked;
  for (int i = 0; i < 10; ++i) a.answer(), b.answer();
  EXPECT_EQ(memory.asked, before);
  a.add("states", R"({"when": {"consumer_id": "bob"}, "given": {"paid": null}, "sets": {"paid": "yes"},
                      "respond": {"error": 404}})");
  EXPECT_EQ(b.answer("bob"), 404);
  EXPECT_EQ(a.answer("bob"), 402) << "the other replica has set the state";
}

TEST_F(SharingTest, LosesNoChangeOfAConnectionToAnotherReplica) {
  set(a.space(), "first");
  EXPECT_EQ(count_settings(b.space()), 1u);
  std::vector<std::thread> threads;
  for (auto* replica : {&a, &b})
    threads.emplace_back([&, replica] {
      for (int i = 0; i < 50; ++i) set(replica->space(), (replica == &a ? "a" : "b") + std::to_string(i));
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(count_settings(a.space()), 101u);
  EXPECT_EQ(count_settings(b.space()), 101u);
  a.space().reset({.sessions = true});
  EXPECT_EQ(count_settings(b.space()), 0u);
  set(b.space(), "after");
  EXPECT_EQ(count_settings(a.space()), 1u);
}

TEST_F(SharingTest, ChangesNothingWhileTheStoreIsAway) {
  a.add("times", R"({"respond": {"error": 402}, "times": 3})");
  set(a.space(), "first");
  EXPECT_EQ(a.answer(), 402);
  memory.is_away = true;
  EXPECT_THROW(set(a.space(), "second"), StoreAwayError);
  EXPECT_EQ(count_settings(a.space()), 1u);
  EXPECT_THROW(a.add("two", R"({"respond": {"error": 404}})"), StoreAwayError);
  EXPECT_THROW(a.space().reset({.rules = true}), StoreAwayError);
  EXPECT_THROW(a.space().catch_up(), StoreAwayError);
  EXPECT_THROW(a.registry.remove("s"), StoreAwayError);
  EXPECT_EQ(a.answer(), 402);
  EXPECT_EQ(a.answer(), 402) << "counted on from what it knew";
  EXPECT_EQ(a.answer(), 0);
  memory.is_away = false;
  for (auto* replica : {&a, &b}) replica->registry.on_missed();
  EXPECT_EQ(a.answer(), 402) << "the store has its own count";
  EXPECT_EQ(count_settings(a.space()), 1u);

  Replica refusing(memory, WithoutStore::refuses);
  EXPECT_EQ(refusing.answer(), 402);
  memory.is_away = true;
  EXPECT_THROW(refusing.answer(), StoreAwayError);
}

TEST_F(SharingTest, BeginsAnewWhereTheSpaceWasRemoved) {
  a.add("one", R"({"respond": {"error": 402}})");
  set(b.space(), "first");
  a.space().set_seed(7);
  EXPECT_EQ(b.answer(), 402);
  a.registry.remove("s");
  EXPECT_EQ(b.answer(), 0);
  EXPECT_EQ(count_settings(b.space()), 0u);
  EXPECT_NE(b.space().seed(), 7u);
  a.add("one", R"({"respond": {"error": 404}})");
  EXPECT_EQ(b.answer(), 404);

  {
    const std::lock_guard lock(memory.mutex);
    memory.spaces.clear();  // as a store that lost everything
  }
  for (auto* replica : {&a, &b}) replica->registry.on_missed();
  EXPECT_EQ(a.answer(), 0);
  EXPECT_EQ(b.answer(), 0);
}

TEST_F(SharingTest, GoesBackWithAStoreThatWasRestored) {
  a.add("one", R"({"respond": {"error": 402}})");
  const auto saved = memory.spaces;
  a.add("two", R"({"respond": {"error": 404}})");
  set(a.space(), "first");
  EXPECT_EQ(b.answer(), 404);
  memory.spaces = saved;
  for (auto* replica : {&a, &b}) replica->registry.on_missed();
  EXPECT_EQ(a.answer(), 402);
  EXPECT_EQ(b.answer(), 402);
  EXPECT_EQ(count_settings(b.space()), 0u);
  b.add("two", R"({"respond": {"error": 429}})");
  EXPECT_EQ(a.answer(), 429);
}

TEST_F(SharingTest, TellsOfRequestsThatWereLost) {
  a.space().refresh();
  memory.spaces["s"].journal.lost = 3;
  a.space().catch_up();
  EXPECT_EQ(a.space().journal().dropped_by_cause().unwritten, 3u);
  b.space().reset({.journal = true});
  memory.spaces["s"].journal.lost = 0;
  a.space().catch_up();
  EXPECT_EQ(a.space().journal().dropped(), 0u);
}

TEST_F(SharingTest, HasOneJournal) {
  for (auto* replica : {&a, &b, &a}) {
    begin_request();
    Entry entry;
    entry.id = replica == &a ? "a" : "b";
    replica->space().record(entry);
    replica->space().add_session(session_of(std::string(entry.id)));
    replica->space().use_consumers(
        [](vault::Consumers& consumers) { consumers.upsert("app", "acme", {}).count_request({}); });
    leave_entries(replica->store);
  }
  memory.most_in_part = 1;  // as when requests are large
  for (auto* replica : {&a, &b}) {
    auto& space = replica->space();
    space.catch_up();
    std::string ids;
    for (const auto& entry : space.journal().select([](const Entry&) { return true; }, 10)) ids += entry->id;
    EXPECT_EQ(ids, "aba");
    EXPECT_EQ(space.sessions().size(), 2u);
    EXPECT_EQ(space.use_consumers([](vault::Consumers& consumers) {
      return vault::count_requests(*consumers.find("app", "acme"), {}, {});
    }),
              3u);
  }
  b.space().reset({.journal = true});
  a.space().catch_up();
  EXPECT_EQ(a.space().journal().size(), 0u);
  EXPECT_EQ(a.registry.catch_up(nullptr), std::vector<std::string>());
  EXPECT_NE(a.registry.find("s"), nullptr);
}

TEST_F(SharingTest, GivesEachReplicaARowOfItsOwn) {
  EXPECT_NE(a.space().begin({}).generator.next(), b.space().begin({}).generator.next());
  EXPECT_EQ(a.space().seed(), b.space().seed());
}

}  // namespace
}  // namespace vault_mock::spaces
