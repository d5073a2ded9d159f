#include "spaces/entry.hpp"

#include <cstring>

namespace vault_mock::spaces {
namespace {

// All texts of an entry but its headers.
constexpr std::string_view Entry::*kTexts[] = {&Entry::id,        &Entry::method,      &Entry::path,
                                               &Entry::query,     &Entry::body,        &Entry::answer_body,
                                               &Entry::operation, &Entry::consumer_id, &Entry::app_id,
                                               &Entry::api_key,   &Entry::rule,        &Entry::decided_by};

}  // namespace

KeptEntry::KeptEntry(const Entry& entry) : entry_(entry) {
  headers_.reserve(entry.headers.size() + entry.answer_headers.size());
  headers_.assign(entry.headers.begin(), entry.headers.end());
  headers_.insert(headers_.end(), entry.answer_headers.begin(), entry.answer_headers.end());

  for (const auto text : kTexts) size_ += (entry_.*text).size();
  for (const auto& [name, value] : headers_) size_ += name.size() + value.size();
  texts_ = std::make_unique_for_overwrite<char[]>(size_);

  char* end = texts_.get();
  const auto keep = [&end](std::string_view& text) {
    if (text.empty()) return;
    std::memcpy(end, text.data(), text.size());
    text = {end, text.size()};
    end += text.size();
  };
  for (const auto text : kTexts) keep(entry_.*text);
  for (auto& [name, value] : headers_) {
    keep(name);
    keep(value);
  }
  const std::span<const Entry::Header> headers(headers_);
  entry_.headers = headers.first(entry.headers.size());
  entry_.answer_headers = headers.subspan(entry.headers.size());
}

}  // namespace vault_mock::spaces
