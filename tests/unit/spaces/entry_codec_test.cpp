#include "spaces/entry_codec.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <utility>

#include "engine/explanation.hpp"
#include "fuzz/recorded_requests.hpp"
#include "fuzz/seeds.hpp"
#include "fuzz/target.hpp"
#include "site/entry_json.hpp"

namespace vault_mock::spaces {
namespace {

using Read = tl::expected<std::shared_ptr<KeptEntry>, std::string>;

std::string details(const Entry& entry) { return site::details_of(entry, site::Mask("key"), 1'000'000); }

Journal::Entries recorded_entries() {
  return fuzz::recorded_requests().journal().select([](const Entry&) { return true; }, 1'000);
}

Read read(std::string_view bytes, std::shared_ptr<const rules::RuleBook> book = nullptr,
          std::uint64_t sequence = 1) {
  return read_entry(bytes, sequence, {.explanation = engine::read_explanation, .book = std::move(book)});
}

// The reason that is told of the rule of that name; empty: none is.
std::string reason_of(const Entry& entry, std::string_view name) {
  const auto trace = entry.explanation->to_json(entry);
  for (const auto& rule : trace.at("rules"))
    if (rule.at("rule").get<std::string>().ends_with(name)) return rule.at("result");
  return "";
}

TEST(EntryCodec, AnEntryThatWasReadIsTheOneThatWasWritten) {
  const auto book = fuzz::recorded_requests().rules();
  const auto entries = recorded_entries();
  ASSERT_EQ(entries.size(), 9u);
  for (const auto& entry : entries) {
    const auto again = read(write_entry(*entry), book, entry->sequence);
    ASSERT_TRUE(again.has_value()) << again.error();
    const auto& other = (*again)->entry();
    EXPECT_EQ(details(other), details(*entry)) << "headers, bodies, the sentence and every reason of a rule";
    for (const auto text : kTextsOfEntry) EXPECT_EQ(other.*text, (*entry).*text);
    EXPECT_EQ(other.at, entry->at);
    EXPECT_EQ(other.took, entry->took);
    EXPECT_EQ(other.answered, entry->answered);
  }
}

TEST(EntryCodec, KeepsWhatWasCutAndCutsMoreWhereThereIsLessMemory) {
  Entry entry;
  entry.body = "1234567890";
  entry.body_cut = 5;
  entry.answer_body_cut = 6;
  entry.answer_headers_cut = 7;
  const auto whole = read(write_entry(entry));
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ((*whole)->entry().body_cut, 5u);
  EXPECT_EQ((*whole)->entry().answer_body_cut, 6u);
  EXPECT_EQ((*whole)->entry().answer_headers_cut, 7u);
  const auto cut = read_entry(write_entry(entry), 1, {.explanation = {}, .book = nullptr, .most_texts = 4});
  ASSERT_TRUE(cut.has_value());
  EXPECT_EQ((*cut)->entry().body, "1234");
  EXPECT_EQ((*cut)->entry().body_cut, 11u) << "six bytes more";
  const auto short_one = read(write_entry(entry, 4));
  ASSERT_TRUE(short_one.has_value());
  EXPECT_EQ((*short_one)->entry().body, "1234");
  EXPECT_EQ((*short_one)->entry().body_cut, 11u);
}

TEST(EntryCodec, WhereTheRulesAreOthersItTellsWhatTheEntryItselfKnows) {
  const auto entries = recorded_entries();
  const auto found = std::ranges::find_if(entries, [](const auto& entry) {
    return reason_of(*entry, "#one time") == "it has already matched 1 time, its limit";
  });
  ASSERT_NE(found, entries.end());
  for (const auto& book :
       {std::shared_ptr<const rules::RuleBook>(), std::make_shared<const rules::RuleBook>()}) {
    const auto elsewhere = read(write_entry(**found), book);
    ASSERT_TRUE(elsewhere.has_value());
    const auto& entry = (*elsewhere)->entry();
    EXPECT_EQ(reason_of(entry, "#one time"), "it had already matched as often as it may");
    EXPECT_EQ(reason_of(entry, "#never drawn"), "it was not drawn");
    EXPECT_EQ(reason_of(entry, "#other state"), "a state differed");
    EXPECT_EQ(reason_of(entry, "#switched off"), "it is switched off");
    EXPECT_EQ(reason_of(entry, "#ended"), "it had ended");
    EXPECT_EQ(reason_of(entry, "#passes early"), "passed");
    EXPECT_NE(reason_of(entry, "…"), "") << "of others nothing is known";
    EXPECT_EQ(entry.explanation->sentence(entry), (*found)->explanation->sentence(**found));
    EXPECT_EQ(entry.explanation->data(), (*found)->explanation->data()) << "it can be written on";
  }
}

TEST(EntryCodec, NoBeginningOfAnEntryIsOne) {
  for (const auto& bytes : fuzz::seeds_of_entries())
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const auto part = read(bytes.substr(0, size));
      ASSERT_FALSE(part.has_value()) << size << " of " << bytes.size();
      ASSERT_FALSE(part.error().empty());
    }
}

TEST(EntryCodec, StandsEveryByteTurned) {
  const auto* const target = fuzz::find_target("entry");
  ASSERT_NE(target, nullptr);
  const auto seeds = fuzz::seeds_of_entries();
  auto bytes = *std::ranges::min_element(seeds, {}, &std::string::size);
  for (auto& byte : bytes) {
    const auto was = std::exchange(byte, static_cast<char>(~byte));
    ASSERT_NO_THROW(target->run(bytes)) << &byte - bytes.data();
    byte = was;
  }
}

TEST(EntryCodec, RefusesWhatItCannotReadInWords) {
  const auto bytes = fuzz::seeds_of_entries().front();
  EXPECT_EQ(read("").error(), "the version of the entry's format cannot be read");
  EXPECT_EQ(read("\x02" + bytes.substr(1)).error(),
            "the entry is of format 2, but this program reads 1: run the same version everywhere");
  EXPECT_EQ(read(bytes + "x").error(), "the end of the entry cannot be read");
  Entry entry;
  struct Other final : Explanation {
    nlohmann::ordered_json to_json(const Entry&) const override { return {}; }
    std::string sentence(const Entry&) const override { return ""; }
    std::string data() const override { return "\x63other"; }
    std::size_t bytes() const override { return 0; }
  };
  entry.explanation = std::make_shared<Other>();
  EXPECT_EQ(read(write_entry(entry)).error(), "the explanation of the entry cannot be read");
}

}  // namespace
}  // namespace vault_mock::spaces
