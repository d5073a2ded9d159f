// An entry of a journal, as a store gives it: read, or refused in words. What was read can be put into words, and
// written and read again it is the same.
#include "engine/explanation.hpp"
#include "fuzz/recorded_requests.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "site/entry_json.hpp"
#include "spaces/entry_codec.hpp"

namespace vault_mock::fuzz {
namespace {

std::string shown_entry(const spaces::Entry& entry) {
  constexpr std::size_t kLongestBody = 10'000;
  static const site::Mask mask("key");
  return site::details_of(entry, mask, kLongestBody);
}

}  // namespace

void read_journal_entry(std::string_view bytes) {
  constexpr std::uint64_t kNumber = 7;
  static const spaces::EntryReading reading{.explanation = engine::read_explanation,
                                            .book = recorded_requests().rules()};
  const auto read = spaces::read_entry(bytes, kNumber, reading);
  if (!read) return require(!read.error().empty(), "a refusal says why");
  const auto& entry = (*read)->entry();
  const auto words = shown_entry(entry);
  require(nlohmann::json::accept(words), "an entry that was read can be shown: " + words);
  const auto again = spaces::read_entry(spaces::write_entry(entry), kNumber, reading);
  require(again.has_value(), "what was written can be read");
  require(shown_entry((*again)->entry()) == words, "it says the same: " + words);

  constexpr std::size_t kFewTexts = 100;
  auto short_of_memory = reading;
  short_of_memory.most_texts = kFewTexts;
  const auto cut = spaces::read_entry(bytes, kNumber, short_of_memory);
  require(cut.has_value() && nlohmann::json::accept(shown_entry((*cut)->entry())),
          "cut, it can be shown, too");
}

}  // namespace vault_mock::fuzz
