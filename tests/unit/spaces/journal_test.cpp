#include "spaces/journal.hpp"

#include <gtest/gtest.h>
#include <string>
#include <thread>

namespace vault_mock::spaces {
namespace {

using Header = Entry::Header;

bool all(const Entry&) { return true; }

TEST(Journal, KeepsTheTextsOfAnEntryAndNotTheirPlaces) {
  Journal journal({});
  {
    std::string id = "id-1", method = "POST", path = "/vault/sessions", body = R"({"a":1})", answer = "{}";
    std::string name = "x-apideck-app-id", value = "app", empty;
    const std::vector<Header> headers = {{name, value}, {"accept", empty}};
    const std::vector<Header> answer_headers = {{"content-type", value}};
    Entry entry;
    entry.id = id;
    entry.method = method;
    entry.path = path;
    entry.body = body;
    entry.headers = headers;
    entry.status = 200;
    entry.answer_headers = answer_headers;
    entry.answer_body = answer;
    journal.record(entry);
    for (auto* text : {&id, &method, &path, &body, &answer, &name, &value}) text->assign(text->size(), '!');
  }
  const auto kept = journal.find("id-1");
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(kept->sequence, 1u);
  EXPECT_EQ(kept->method, "POST");
  EXPECT_EQ(kept->path, "/vault/sessions");
  EXPECT_EQ(kept->query, "");
  EXPECT_EQ(kept->body, R"({"a":1})");
  EXPECT_EQ(kept->answer_body, "{}");
  EXPECT_EQ(std::vector(kept->headers.begin(), kept->headers.end()),
            (std::vector<Header>{{"x-apideck-app-id", "app"}, {"accept", ""}}));
  EXPECT_EQ(std::vector(kept->answer_headers.begin(), kept->answer_headers.end()),
            (std::vector<Header>{{"content-type", "app"}}));
  journal.clear();
  EXPECT_EQ(kept->body, R"({"a":1})") << "whoever holds an entry goes on reading it";
}

TEST(Journal, IsBoundInEntries) {
  Journal journal({.entries = 3, .bytes = 1'000'000});
  for (int i = 0; i < 5; ++i) journal.record({});
  const auto entries = journal.select(all, 100);
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries.front()->sequence, 5u);
  EXPECT_EQ(entries.back()->sequence, 3u);
}

TEST(Journal, IsBoundInBytesButKeepsTheLastEntry) {
  Journal journal({.entries = 1'000, .bytes = 11'000});
  const std::string body(3'000, 'x');
  Entry entry;
  entry.body = body;
  for (int i = 0; i < 10; ++i) journal.record(entry);
  EXPECT_EQ(journal.select(all, 100).size(), 3u);
  const std::string huge(50'000, 'x');
  entry.body = huge;
  journal.record(entry);
  ASSERT_EQ(journal.select(all, 100).size(), 1u);
  EXPECT_EQ(journal.select(all, 100).front()->body.size(), huge.size());
}

TEST(Journal, WakesWhoeverWaitsForTheNextEntry) {
  Journal journal({});
  std::thread recorder([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    journal.record({});
  });
  const auto entries = journal.wait_after(0, std::chrono::seconds(60));
  recorder.join();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries.front()->sequence, 1u);
}

}  // namespace
}  // namespace vault_mock::spaces
