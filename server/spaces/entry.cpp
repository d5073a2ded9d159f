#include "spaces/entry.hpp"

#include <algorithm>
#include <cstring>

#include "text/headers.hpp"
#include "text/utf8.hpp"

namespace vault_mock::spaces {
namespace {

std::size_t size_of(std::span<const text::HeaderView> headers) {
  std::size_t size = 0;
  for (const auto& [name, value] : headers) size += name.size() + value.size();
  return size;
}

// Takes about `excess` bytes from its end, between characters of UTF-8. → how many
std::size_t cut(std::string_view& text, std::size_t excess) {
  const auto whole = text.size();
  text = text::first_bytes(text, whole - std::min(whole, excess));
  return whole - text.size();
}

}  // namespace

std::size_t KeptEntry::size_of_texts() const {
  auto size = size_of(entry_.headers) + size_of(entry_.answer_headers);
  for (const auto text : kTextsOfEntry) size += (entry_.*text).size();
  return size;
}

void KeptEntry::cut_to(std::size_t most_texts) {
  const auto excess = [&] {
    const auto size = size_of_texts();
    return size - std::min(size, most_texts);
  };
  entry_.answer_body_cut += cut(entry_.answer_body, excess());
  if (excess() > 0) {
    std::size_t kept = 0, room = most_texts / 2;
    for (const auto& [name, value] : entry_.answer_headers) {
      const auto size = name.size() + value.size() + sizeof(text::HeaderView);
      if (size > room) break;
      room -= size;
      ++kept;
    }
    entry_.answer_headers_cut += entry_.answer_headers.size() - kept;
    entry_.answer_headers = entry_.answer_headers.first(kept);
  }
  entry_.body_cut += cut(entry_.body, excess());
}

KeptEntry::KeptEntry(const Entry& entry, std::size_t most_texts) : entry_(entry) {
  if (size_of_texts() > most_texts) cut_to(most_texts);
  headers_.reserve(entry_.headers.size() + entry_.answer_headers.size());
  headers_.assign(entry_.headers.begin(), entry_.headers.end());
  headers_.insert(headers_.end(), entry_.answer_headers.begin(), entry_.answer_headers.end());

  size_ = size_of_texts();
  texts_ = std::make_unique_for_overwrite<char[]>(size_);

  char* end = texts_.get();
  const auto keep = [&end](std::string_view& text) {
    if (text.empty()) return;
    std::memcpy(end, text.data(), text.size());
    text = {end, text.size()};
    end += text.size();
  };
  for (const auto text : kTextsOfEntry) keep(entry_.*text);
  for (auto& [name, value] : headers_) {
    keep(name);
    keep(value);
  }
  const std::span<const text::HeaderView> headers(headers_);
  entry_.headers = headers.first(entry_.headers.size());
  entry_.answer_headers = headers.subspan(entry_.headers.size());
}

std::shared_ptr<const Entry> view_of(std::shared_ptr<const KeptEntry> kept) {
  if (!kept) return nullptr;
  const auto* entry = &kept->entry();
  return {std::move(kept), entry};
}

}  // namespace vault_mock::spaces
