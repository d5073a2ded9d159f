// Values that replicas share: changed by version, removed, and found again.
#include <algorithm>
#include <set>
#include <thread>

#include "unit/redis/store_test.hpp"

namespace vault_mock::redis {
namespace {

using StoreValues = StoreTest;

const spaces::StoredValue* find(const spaces::StoreSnapshot& snapshot, std::string_view key) {
  const auto found = std::ranges::find(snapshot.values, key, [](const auto& one) { return one.first; });
  return found == snapshot.values.end() ? nullptr : &found->second;
}

TEST_F(StoreValues, OfASpaceThatNobodyUsedAreNone) {
  const auto a = replica("a:1");
  const auto snapshot = a->store.load("s", {});
  ASSERT_TRUE(snapshot) << snapshot.error().why;
  EXPECT_EQ(snapshot->version, 0u);
  EXPECT_EQ(snapshot->generation, 0u);
  EXPECT_TRUE(snapshot->values.empty());
}

TEST_F(StoreValues, KeepTheirBytes) {
  const auto a = replica("a:1");
  const auto b = replica("b:2");
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  const auto version = set(a->store, "s {\u00e9}% " + bytes.substr(128), "key " + bytes, 0, bytes);
  const auto snapshot = b->store.load("s {\u00e9}% " + bytes.substr(128), {});
  ASSERT_TRUE(snapshot) << snapshot.error().why;
  EXPECT_EQ(snapshot->version, version);
  ASSERT_EQ(snapshot->values.size(), 1u);
  EXPECT_EQ(snapshot->values[0].first, "key " + bytes);
  EXPECT_EQ(snapshot->values[0].second.version, version);
  EXPECT_EQ(snapshot->values[0].second.text, bytes);
}

TEST_F(StoreValues, AreLoadedByKeyAndWithoutTextWhereThereIsNone) {
  const auto a = replica("a:1");
  set(a->store, "s", "one", 0, "1");
  set(a->store, "s", "two", 0, "");
  const std::vector<std::string> keys{"two", "three"};
  const auto snapshot = a->store.load("s", keys);
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(find(*snapshot, "one"), nullptr);
  ASSERT_NE(find(*snapshot, "two"), nullptr);
  EXPECT_EQ(find(*snapshot, "two")->text, "");
  ASSERT_NE(find(*snapshot, "three"), nullptr);
  EXPECT_FALSE(find(*snapshot, "three")->text.has_value());
}

TEST_F(StoreValues, ChangeAsAWholeOrNotAtAll) {
  const auto a = replica("a:1");
  const auto one = set(a->store, "s", "one", 0, "1");
  const auto conflict =
      a->store.change("s", {.values = {value("new", 0, "n"), value("one", one - 1, "changed")}});
  ASSERT_TRUE(conflict);
  EXPECT_TRUE(conflict->is_conflict);
  const auto before = a->store.load("s", {});
  EXPECT_EQ(find(*before, "new"), nullptr);
  EXPECT_EQ(find(*before, "one")->text, "1");

  const auto changed =
      a->store.change("s", {.values = {value("new", 0, "n"), value("one", one, std::nullopt)}});
  ASSERT_TRUE(changed);
  EXPECT_FALSE(changed->is_conflict);
  EXPECT_GT(changed->version, one);
  const auto after = a->store.load("s", {});
  EXPECT_EQ(find(*after, "one"), nullptr);
  EXPECT_EQ(find(*after, "new")->version, changed->version);
}

TEST_F(StoreValues, OfOnePrefixAreRemovedWhateverTheirVersions) {
  const auto a = replica("a:1");
  const auto b = replica("b:2");
  for (const auto* key : {"rule:1", "rule:2", "clock"}) set(a->store, "s", key, 0, key);
  const auto changed = a->store.change("s", {.values = {value("rule:3", 0, "3")}, .removed = {"rule:"}});
  ASSERT_TRUE(changed);
  const auto snapshot = b->store.load("s", {});
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->values.size(), 2u);
  EXPECT_NE(find(*snapshot, "clock"), nullptr);
  EXPECT_NE(find(*snapshot, "rule:3"), nullptr);

  EXPECT_TRUE(a->store.settle("s", changed->version).empty());
  auto told = b->listener.changed().back();
  EXPECT_EQ(told.space, "s");
  EXPECT_EQ(told.version, changed->version);
  std::ranges::sort(told.keys);
  EXPECT_EQ(told.keys, (std::vector<std::string>{"rule:1", "rule:2", "rule:3"}));
}

TEST_F(StoreValues, AreToldAsAnyWhereTheyAreMany) {
  const auto a = replica("a:1");
  const auto b = replica("b:2");
  spaces::StoreChange change;
  for (int i = 0; i < 65; ++i) change.values.push_back(value(std::to_string(i), 0, "x"));
  const auto changed = a->store.change("s", change);
  ASSERT_TRUE(changed);
  EXPECT_TRUE(a->store.settle("s", changed->version).empty());
  EXPECT_TRUE(b->listener.changed().back().keys.empty());
}

TEST_F(StoreValues, GoWithTheSpaceWhoseVersionsOnlyGrow) {
  const auto a = replica("a:1");
  const auto b = replica("b:2");
  const auto first = set(a->store, "s", "one", 0, "1");
  append_request(a->store, "s", "request");
  ASSERT_TRUE(a->store.flush());
  const auto generation = a->store.load("s", {})->generation;
  const auto removed = a->store.remove("s");
  ASSERT_TRUE(removed);
  EXPECT_GT(*removed, first);
  EXPECT_TRUE(a->store.settle("s", *removed).empty());
  EXPECT_TRUE(b->listener.changed().back().keys.empty());

  EXPECT_EQ(b->store.load("s", {})->version, 0u);
  EXPECT_EQ(b->store.journal("s", 0, 10)->last, 0u);
  EXPECT_TRUE(b->store.spaces()->empty());

  const auto again = set(b->store, "s", "one", 0, "2");
  EXPECT_GT(again, *removed);
  const auto snapshot = a->store.load("s", {});
  EXPECT_GT(snapshot->generation, generation);
  EXPECT_EQ(snapshot->values.size(), 1u);
  ASSERT_EQ(b->store.spaces()->size(), 1u);
  EXPECT_EQ(b->store.spaces()->front().name, "s");
}

TEST_F(StoreValues, OfASpaceThatCannotCountAreRefusedUntilItIsRemoved) {
  const auto a = replica("a:1");
  for (const auto* version : {"9007199254740993", "junk", "1e300", "-1", "nan"}) {
    set(a->store, "s", "key", 0, "1");
    EXPECT_FALSE(ask({"HSET", "vm:{s}:meta", "version", version}).is_error());
    const auto changed = a->store.change("s", {.values = {value("other", 0, "2")}});
    ASSERT_FALSE(changed) << version;
    EXPECT_NE(changed.error().why.find("remove the space"), std::string::npos) << changed.error().why;
    EXPECT_EQ(a->store.load("s", std::vector<std::string>{"other"}).has_value(), version[0] == '9')
        << "what is no number is not read";
    const auto removed = a->store.remove("s");
    ASSERT_TRUE(removed) << removed.error().why;
    EXPECT_LT(*removed, spaces::StoreVersion{1} << 53);
  }
}

TEST_F(StoreValues, AreOfSpacesThatAreListedAmongJunk) {
  const auto a = replica("a:1");
  const auto now = std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(
                                      std::chrono::system_clock::now().time_since_epoch())
                                      .count());
  for (const auto& name : {std::string("\xff\xfe"), std::string("a\nb"), std::string(100'000, 'x'),
                           std::string(), std::string(1, '\0'), std::string("s")})
    EXPECT_EQ(ask({"ZADD", "vm:spaces", now, name}).integer, 1);
  EXPECT_EQ(ask({"ZADD", "vm:spaces", "9e18", "never"}).integer, 1);
  EXPECT_EQ(ask({"ZADD", "vm:spaces", "9e15", "far"}).integer, 1);
  const auto spaces = a->store.spaces();
  ASSERT_TRUE(spaces) << spaces.error().why;
  ASSERT_EQ(spaces->size(), 2u);
  EXPECT_EQ(spaces->front().name, "s");
  EXPECT_EQ(spaces->back().name, "far");
  EXPECT_EQ(spaces->back().last_used.time_since_epoch().count(), 253'402'300'799'999);
}

TEST_F(StoreValues, GoThoughTheListOfSpacesIsOfNoUse) {
  const auto a = replica("a:1");
  set(a->store, "s", "key", 0, "1");
  ASSERT_TRUE(support::eventually([&] { return ask({"DEL", "vm:spaces"}).integer == 1; }));
  EXPECT_EQ(ask({"LPUSH", "vm:spaces", "junk"}).integer, 1);
  const auto removed = a->store.remove("s");
  ASSERT_TRUE(removed) << removed.error().why;
  EXPECT_GT(*removed, 0u);
  EXPECT_EQ(a->store.load("s", {})->version, 0u);
}

TEST_F(StoreValues, AreNotOlderThanWhatWasWhenTheClockIsSetBack) {
  const auto a = replica("a:1");
  const auto first = set(a->store, "s", "one", 0, "1");
  const auto later = first + 1'000'000'000'000;  // as if the clock had been eleven days ahead
  ask({"HSET", "vm:{s}:meta", "version", std::to_string(later)});
  EXPECT_EQ(set(a->store, "s", "two", 0, "2"), later + 1);
}

TEST_F(StoreValues, AreChangedOnceByAScriptThatComesTwice) {
  const auto a = replica("a:1");
  Client client(*read_url(url()), {}, {});
  const auto script = Script::of_space("change");
  const std::vector<std::string> arguments{"run:0", "7", "",  "s", "replica", "1", "0",
                                           "1",     "0", "1", "k", "0",       "1", "text"};
  const auto command = script.whole(space_keys("s"), arguments);
  ASSERT_TRUE(support::eventually([&] { return client.is_connected(); }));
  const auto first = client.call("vm:{s}:meta", command);
  const auto second = client.call("vm:{s}:meta", command);
  ASSERT_TRUE(first && second);
  ASSERT_EQ(first->list.size(), 1u) << first->text;
  ASSERT_EQ(second->list.size(), 1u) << second->text;
  EXPECT_EQ(first->list[0].text, second->list[0].text) << "a second change would be a conflict";
  EXPECT_EQ(a->store.journal("s", 0, 1)->clears, 1u);

  auto next = arguments;
  next[1] = "8";
  next[10] = "another key";
  EXPECT_EQ(client.call("vm:{s}:meta", script.whole(space_keys("s"), next))->list.size(), 1u);
  EXPECT_TRUE(client.call("vm:{s}:meta", command)->is_error("LATE")) << "its replica has given it up";
}

TEST_F(StoreValues, ThatManySetAtOnceAreAllThereOnce) {
  constexpr int kThreads = 6, kValues = 50;
  std::vector<std::unique_ptr<Replica>> replicas;
  for (const auto* name : {"a:1", "b:2", "c:3"}) replicas.push_back(replica(name));
  std::vector<std::thread> threads;
  for (std::size_t r = 0; r < replicas.size(); ++r)
    for (int t = 0; t < kThreads; ++t)
      threads.emplace_back([&, r, t] {
        int key = 0;
        for (int n = 0; n < kValues; ++n) {
          const auto text = std::to_string(r) + "." + std::to_string(t) + "." + std::to_string(n);
          for (bool is_set = false; !is_set; ++key) {
            const auto changed =
                replicas[r]->store.change("s", {.values = {value(std::to_string(key), 0, text)}});
            ASSERT_TRUE(changed) << changed.error().why;
            is_set = !changed->is_conflict;
          }
        }
      });
  for (auto& thread : threads) thread.join();
  const auto snapshot = replicas[0]->store.load("s", {});
  ASSERT_TRUE(snapshot);
  std::set<std::string> texts;
  for (const auto& [key, stored] : snapshot->values) texts.insert(*stored.text);
  EXPECT_EQ(snapshot->values.size(), replicas.size() * kThreads * kValues);
  EXPECT_EQ(texts.size(), replicas.size() * kThreads * kValues);
}

TEST_F(StoreValues, OfASpaceWhoseTimeHasRunOutAreGone) {
  const auto a = replica("a:1");
  const auto version = set(a->store, "s", "one", 0, "1");
  EXPECT_GT(ask({"TTL", "vm:{s}:values"}).integer, 86'000);
  ask({"DEL", "vm:{s}:meta"});  // as when it has expired, which it does first
  EXPECT_TRUE(a->store.load("s", {})->values.empty());
  EXPECT_GT(set(a->store, "s", "two", 0, "2"), version);
  const auto snapshot = a->store.load("s", {});
  ASSERT_EQ(snapshot->values.size(), 1u);
  EXPECT_EQ(snapshot->values[0].first, "two");
}

}  // namespace
}  // namespace vault_mock::redis
