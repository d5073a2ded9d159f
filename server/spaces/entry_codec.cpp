#include "spaces/entry_codec.hpp"

#include <vector>

#include "text/bytes.hpp"
#include "text/headers.hpp"

namespace vault_mock::spaces {
namespace {

using text::ByteReader;
using text::ByteWriter;

constexpr std::uint64_t kEntryVersion = 1;
constexpr std::uint64_t kHighestStatus = 999;
constexpr std::uint64_t kMostCut = std::uint64_t{1} << 40;  // whatever was cut was in memory once
constexpr std::int64_t kMost = std::int64_t{1} << 53;       // of milliseconds or microseconds

// At most how long the bytes of an entry are, without its explanation.
std::size_t size_of_written(const Entry& entry) {
  constexpr std::size_t kNumbers = 80, kLength = 10;
  std::size_t size = kNumbers;
  for (const auto text : kTextsOfEntry) size += (entry.*text).size() + kLength;
  for (const auto headers : {entry.headers, entry.answer_headers})
    for (const auto& [name, value] : headers) size += name.size() + value.size() + 2 * kLength;
  return size;
}

void write_headers(ByteWriter& to, std::span<const text::HeaderView> headers) {
  to.number(headers.size());
  for (const auto& [name, value] : headers) {
    to.text(name);
    to.text(value);
  }
}

std::vector<text::HeaderView> read_headers(ByteReader& from) {
  std::vector<text::HeaderView> headers(from.count(2));
  for (auto& [name, value] : headers) {
    name = from.text();
    value = from.text();
  }
  return headers;
}

std::string written(const Entry& entry, std::size_t most_size) {
  const auto explanation = entry.explanation ? entry.explanation->data() : std::string();
  ByteWriter to(most_size + explanation.size());
  to.number(kEntryVersion);
  to.signed_number(entry.at.time_since_epoch().count());
  to.signed_number(entry.took.count());
  to.signed_number(entry.answered.time_since_epoch().count());
  to.number(static_cast<std::uint64_t>(entry.status));
  to.number(entry.body_cut);
  to.number(entry.answer_body_cut);
  to.number(entry.answer_headers_cut);
  for (const auto text : kTextsOfEntry) to.text(entry.*text);
  write_headers(to, entry.headers);
  write_headers(to, entry.answer_headers);
  to.text(explanation);
  return to.take();
}

}  // namespace

std::string write_entry(const Entry& entry, std::size_t most_texts) {
  const auto size = size_of_written(entry);
  if (size <= most_texts) return written(entry, size);
  const KeptEntry cut(entry, most_texts);
  return written(cut.entry(), size_of_written(cut.entry()));
}

tl::expected<std::shared_ptr<KeptEntry>, std::string> read_entry(std::string_view bytes,
                                                                 std::uint64_t sequence,
                                                                 const EntryReading& reading) {
  ByteReader from(bytes);
  const auto wrong = [](const char* what) { return tl::unexpected(std::string(what) + " cannot be read"); };
  const auto version = from.number();
  if (!from.is_good()) return wrong("the version of the entry's format");
  if (version != kEntryVersion)
    return tl::unexpected("the entry is of format " + std::to_string(version) + ", but this program reads " +
                          std::to_string(kEntryVersion) + ": run the same version everywhere");
  Entry entry;
  entry.sequence = sequence;
  entry.at = Time(Time::duration(from.signed_number(-kMost, kMost)));
  entry.took = std::chrono::microseconds(from.signed_number(-kMost, kMost));
  entry.answered = decltype(entry.answered)(std::chrono::microseconds(from.signed_number(-kMost, kMost)));
  entry.status = static_cast<int>(from.number(kHighestStatus));
  entry.body_cut = from.number(kMostCut);
  entry.answer_body_cut = from.number(kMostCut);
  entry.answer_headers_cut = from.number(kMostCut);
  if (!from.is_good()) return wrong("a number of the entry");
  for (const auto text : kTextsOfEntry) entry.*text = from.text();
  if (!from.is_good()) return wrong("a text of the entry");
  const auto headers = read_headers(from), answer_headers = read_headers(from);
  if (!from.is_good()) return wrong("a header of the entry");
  entry.headers = headers;
  entry.answer_headers = answer_headers;
  const auto explanation = from.text();
  if (!from.is_done()) return wrong("the end of the entry");
  if (!explanation.empty()) {
    entry.explanation = reading.explanation(explanation, reading.book);
    if (entry.explanation == nullptr) return wrong("the explanation of the entry");
  }
  return std::make_shared<KeptEntry>(entry, reading.most_texts);
}

}  // namespace vault_mock::spaces
