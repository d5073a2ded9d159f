#include "spaces/journal.hpp"

#include <gtest/gtest.h>
#include <string>

#include "text/headers.hpp"

namespace vault_mock::spaces {
namespace {

using text::HeaderView;

bool all(const Entry&) { return true; }

// A journal with the account of a space that may keep so many bytes.
struct Kept {
  explicit Kept(Journal::Bounds bounds = {}, std::size_t bytes = 16'000'000)
      : account(std::make_shared<Ledger>(MemoryLimits{.space = bytes, .program = 10 * bytes})),
        journal(bounds, account) {}
  Account account;
  Journal journal;
};

void record(Journal& journal, std::size_t body_size) {
  const std::string body(body_size, 'x');
  Entry entry;
  entry.body = body;
  journal.record(entry);
}

TEST(Journal, FindsAnEntryByTheBeginningOfItsIdWhereThereIsOneAlone) {
  Kept kept_journal;
  auto& journal = kept_journal.journal;
  for (const auto* id : {"0e1d3c2b-1", "0e1d3c2b-12", "77777777-1", "77777777-1"}) {
    Entry entry;
    entry.id = id;
    journal.record(entry);
  }
  EXPECT_EQ(journal.find("0e1d3c2b-1")->sequence, 1u) << "a whole id counts before beginnings";
  EXPECT_EQ(journal.find("0e1d3c2b-12")->sequence, 2u);
  EXPECT_EQ(journal.find("0e1d3c2b"), nullptr) << "there are two";
  EXPECT_EQ(journal.find("77777777")->sequence, 4u) << "the newest of one id";
  EXPECT_EQ(journal.find("7777777"), nullptr) << "too short";
  EXPECT_EQ(journal.find(""), nullptr);
}

TEST(Journal, KeepsTheTextsOfAnEntryAndNotTheirPlaces) {
  Kept kept_journal;
  auto& journal = kept_journal.journal;
  {
    std::string id = "id-1", method = "POST", path = "/vault/sessions", body = R"({"a":1})", answer = "{}";
    std::string name = "x-apideck-app-id", value = "app", empty;
    const std::vector<HeaderView> headers = {{name, value}, {"accept", empty}};
    const std::vector<HeaderView> answer_headers = {{"content-type", value}};
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
            (std::vector<HeaderView>{{"x-apideck-app-id", "app"}, {"accept", ""}}));
  EXPECT_EQ(std::vector(kept->answer_headers.begin(), kept->answer_headers.end()),
            (std::vector<HeaderView>{{"content-type", "app"}}));
  journal.clear();
  EXPECT_EQ(kept->body, R"({"a":1})") << "whoever holds an entry goes on reading it";
}

TEST(Journal, IsBoundInEntries) {
  Kept kept({.entries = 3});
  for (int i = 0; i < 5; ++i) kept.journal.record({});
  const auto entries = kept.journal.select(all, 100);
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries.front()->sequence, 5u);
  EXPECT_EQ(entries.back()->sequence, 3u);
  EXPECT_EQ(kept.journal.dropped(), 2u);
  EXPECT_EQ(kept.account.dropped(DropKind::requests), 2u);
  EXPECT_FALSE(kept.account.ledger().has_unreported_drops()) << "that many were asked for";
}

TEST(Journal, IsBoundInBytesButKeepsTheLastEntry) {
  Kept kept({}, 96'000);
  for (int i = 0; i < 100; ++i) record(kept.journal, 3'000);
  EXPECT_LE(kept.account.used(), 96'000u);
  EXPECT_GT(kept.journal.size(), 20u);
  EXPECT_LT(kept.journal.size(), 33u);
  EXPECT_EQ(kept.journal.dropped(), 100 - kept.journal.size());
  EXPECT_TRUE(kept.account.ledger().has_unreported_drops());
  kept.account.charge(Part::connections, 96'000);
  record(kept.journal, 3'000);
  EXPECT_EQ(kept.journal.size(), 1u);
}

// All texts together may take an eighth.
TEST(Journal, CutsTheBodiesOfAnEntryThatIsTooLargeForTheSpace) {
  Kept kept({}, 80'000);
  for (int i = 0; i < 4; ++i) record(kept.journal, 3'000);
  std::string body(6'000, 'x'), answer;
  for (int i = 0; i < 100'000; ++i) answer += "ü";
  const std::vector<HeaderView> headers = {{"content-type", "application/json"}};
  Entry entry;
  entry.id = "large";
  entry.body = body;
  entry.headers = headers;
  entry.answer_headers = headers;
  entry.answer_body = answer;
  kept.journal.record(entry);
  EXPECT_EQ(kept.journal.size(), 5u) << "the others stay";
  const auto large = kept.journal.find("large");
  ASSERT_NE(large, nullptr);
  EXPECT_EQ(large->body, body) << "the body of the answer is cut first";
  EXPECT_EQ(large->body_cut, 0u);
  EXPECT_GT(large->answer_body.size(), 3'000u);
  EXPECT_LT(large->answer_body.size(), 4'000u);
  EXPECT_EQ(large->answer_body.size() % 2, 0u) << "between characters";
  EXPECT_EQ(large->answer_body.size() + large->answer_body_cut, answer.size());
  EXPECT_EQ(large->answer_headers.size(), 1u);

  body.assign(50'000, 'x');
  entry.body = body;
  entry.id = "larger";
  kept.journal.record(entry);
  const auto larger = kept.journal.find("larger");
  ASSERT_NE(larger, nullptr);
  EXPECT_EQ(larger->answer_body, "");
  EXPECT_EQ(larger->body.size() + larger->body_cut, 50'000u);
  EXPECT_GT(larger->body.size(), 9'000u);
  EXPECT_EQ(larger->answer_headers_cut, 0u);
  EXPECT_LE(kept.account.used(), 80'000u);
}

TEST(Journal, CutsTheHeadersOfAnAnswerThatAreTooManyForTheSpace) {
  Kept kept({}, 80'000);
  const std::vector<HeaderView> headers(50'000, {"x-name", "value"});
  Entry entry;
  entry.id = "many";
  entry.answer_headers = headers;
  kept.journal.record(entry);
  const auto many = kept.journal.find("many");
  ASSERT_NE(many, nullptr);
  EXPECT_EQ(many->answer_headers.size() + many->answer_headers_cut, 50'000u);
  EXPECT_GT(many->answer_headers.size(), 50u);
  EXPECT_LE(kept.account.used(), 20'000u);
}

TEST(Journal, TellsWhatMadeEntriesGo) {
  Kept kept({.entries = 3}, 80'000);
  for (int i = 0; i < 5; ++i) kept.journal.record({});
  kept.account.charge(Part::connections, 80'000);
  kept.journal.record({});
  kept.account.charge(Part::connections, -80'000);
  kept.journal.evict_all();
  EXPECT_EQ(kept.journal.dropped_by_cause(),
            (Journal::Dropped{.by_number = 3, .by_bytes = 2, .evicted = 1, .with_space = 0}));
  EXPECT_EQ(kept.journal.dropped(), 6u);
}

TEST(Journal, GivesWayToWhatElseTheSpaceHas) {
  Kept kept({}, 100'000);
  for (int i = 0; i < 10; ++i) record(kept.journal, 3'000);
  kept.account.charge(Part::connections, 80'000);
  record(kept.journal, 3'000);
  EXPECT_LT(kept.journal.size(), 7u);
  EXPECT_LE(kept.account.used(), 100'000u);
}

TEST(Journal, CountsTheBytesOfTheExplanation) {
  struct Long final : Explanation {
    nlohmann::ordered_json to_json(const Entry&) const override { return {}; }
    std::string sentence(const Entry&) const override { return ""; }
    std::string data() const override { return ""; }
    std::size_t bytes() const override { return 5'000; }
  };
  Kept kept({}, 12'000);
  Entry entry;
  entry.explanation = std::make_shared<Long>();
  for (int i = 0; i < 10; ++i) kept.journal.record(entry);
  EXPECT_EQ(kept.journal.size(), 2u);
}

TEST(Journal, ForgetsWhatItDroppedWhenItIsCleared) {
  Kept kept({.entries = 3});
  for (int i = 0; i < 5; ++i) kept.journal.record({});
  kept.journal.clear();
  EXPECT_EQ(kept.journal.dropped(), 0u);
  EXPECT_EQ(kept.journal.size(), 0u);
  EXPECT_EQ(kept.account.used(), 0u);
  kept.journal.record({});
  EXPECT_EQ(kept.journal.last_sequence(), 6u);
  EXPECT_EQ(kept.journal.select(all, 9).size(), 1u);
}

TEST(Journal, FindsEntriesInLongJournals) {
  Kept kept({.entries = 1'000});
  for (int i = 1; i <= 1'700; ++i) {
    const auto id = "id-" + std::to_string(i);
    Entry entry;
    entry.id = id;
    kept.journal.record(entry);
  }
  EXPECT_EQ(kept.journal.find("id-700"), nullptr);
  for (const std::uint64_t i : {701, 702, 956, 957, 1'200, 1'444, 1'445, 1'699, 1'700}) {
    const auto found = kept.journal.find("id-" + std::to_string(i));
    ASSERT_NE(found, nullptr) << i;
    EXPECT_EQ(found->sequence, i);
  }
  const auto everything = kept.journal.select(all, 5'000);
  ASSERT_EQ(everything.size(), 1'000u);
  for (std::size_t i = 0; i < everything.size(); ++i) ASSERT_EQ(everything[i]->sequence, 1'700 - i);
  const auto after = kept.journal.report(1'690, 5'000).newest;
  ASSERT_EQ(after.size(), 10u);
  EXPECT_EQ(after.front().sequence, 1'691u);
  EXPECT_EQ(kept.journal.report(10, 5'000).newest.size(), 1'000u) << "from the oldest that is there";
  kept.journal.evict_all();
  EXPECT_EQ(kept.journal.size(), 0u);
  EXPECT_EQ(kept.journal.dropped(), 1'700u);
}

void record_status(Journal& journal, int status) {
  Entry entry;
  entry.status = status;
  journal.record(entry);
}

std::uint64_t answers(const StatusCounts& counts, int status) {
  for (const auto& count : counts.counts())
    if (count.status == status) return count.answers;
  return 0;
}

TEST(Journal, ReportsTheNewestEntriesAndHowManyThereWereOfEachStatus) {
  Kept kept({.entries = 3});
  for (const int status : {200, 402, 200, 200, 500}) record_status(kept.journal, status);
  const auto report = kept.journal.report(0, 2);
  EXPECT_EQ(report.last, 5u);
  EXPECT_EQ(report.totals.all(), 5u);
  EXPECT_EQ(answers(report.totals, 200), 3u);
  ASSERT_EQ(report.newest.size(), 2u);
  EXPECT_EQ(report.newest.front().sequence, 4u);
  EXPECT_EQ(report.newest.back().status, 500);
  EXPECT_EQ(report.newest.back().entry->sequence, 5u);
  EXPECT_TRUE(kept.journal.report(5, 2).newest.empty());
  EXPECT_TRUE(kept.journal.report(7, 2).newest.empty());
}

TEST(Journal, ReportsWhenItWasCleared) {
  Kept kept;
  for (const int status : {200, 402}) record_status(kept.journal, status);
  EXPECT_EQ(kept.journal.report(0, 10).clear.count, 0u);
  kept.journal.clear();
  record_status(kept.journal, 200);
  const auto report = kept.journal.report(0, 10);
  EXPECT_EQ(report.clear.count, 1u);
  EXPECT_EQ(report.clear.last, 2u);
  EXPECT_EQ(answers(report.clear.totals, 402), 1u);
  EXPECT_EQ(report.last, 3u) << "numbers go on";
  EXPECT_EQ(report.newest.size(), 1u);
  kept.journal.evict_all();
  EXPECT_EQ(kept.journal.report(0, 10).clear.count, 1u) << "what is dropped for memory is missed";
}

TEST(Journal, BeginsToReportBehindANumberOrFromNowOn) {
  Kept kept({.entries = 2});
  for (const int status : {200, 402, 200, 500}) record_status(kept.journal, status);
  EXPECT_EQ(kept.journal.start(std::nullopt).after, 4u);
  EXPECT_EQ(kept.journal.start(std::nullopt).pending.all(), 0u);
  const auto start = kept.journal.start(1);
  EXPECT_EQ(start.after, 1u);
  EXPECT_EQ(start.pending.all(), 3u);
  EXPECT_EQ(answers(start.pending, 402), 1u) << "also of what has left the journal";
  EXPECT_FALSE(start.is_of_another_run);
  const auto anew = kept.journal.start(9);
  EXPECT_TRUE(anew.is_of_another_run);
  EXPECT_EQ(anew.pending.all(), 4u);
}

}  // namespace
}  // namespace vault_mock::spaces
