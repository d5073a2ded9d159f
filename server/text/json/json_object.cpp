#include "text/json/json_object.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "text/json/json_document.hpp"
#include "text/shortened.hpp"

namespace vault_mock::text {
namespace {

constexpr std::size_t kShortest = 16;

}  // namespace

void ObjectWriter::key(std::string_view key) {
  if (!std::exchange(empty_, false)) to_ += ',';
  append_quoted(to_, key);
  to_ += ':';
}

ObjectWriter& ObjectWriter::members(const JsonObject& object) {
  const auto members = object.members();
  if (members.empty()) return *this;
  if (!std::exchange(empty_, false)) to_ += ',';
  to_ += members;
  return *this;
}

ObjectWriter& ObjectWriter::string(std::string_view key, std::string_view value) {
  this->key(key);
  append_quoted(to_, value);
  return *this;
}

ObjectWriter& ObjectWriter::string_with_plain_end(std::string_view key, std::string_view start,
                                                  std::string_view end) {
  string(key, start);
  to_.pop_back();  // the quote: the string goes on
  to_.append(end) += '"';
  return *this;
}

ObjectWriter& ObjectWriter::string_within(std::string_view key, std::string_view value, std::size_t most) {
  auto size = std::min(value.size(), most);
  auto shown = text::quoted(shortened(value, size));
  while (shown.size() > most && size > kShortest) {  // an escape takes up to six bytes for one
    size = std::min(size - 1, size * most / shown.size());
    shown = text::quoted(shortened(value, size));
  }
  json(key, shown);
  if (size == value.size()) return *this;
  const std::string name(key);
  return boolean(name + "_truncated", true).number(name + "_bytes", static_cast<std::int64_t>(value.size()));
}

ObjectWriter& ObjectWriter::number(std::string_view key, std::int64_t value) {
  std::array<char, 20> digits;  // of the longest, with its sign
  const auto* const end = std::to_chars(digits.begin(), digits.end(), value).ptr;
  return json(key, {digits.begin(), end});
}

ObjectWriter& ObjectWriter::boolean(std::string_view key, bool value) {
  return json(key, value ? "true" : "false");
}

ObjectWriter& ObjectWriter::json(std::string_view key, std::string_view value) {
  this->key(key);
  to_ += value;
  return *this;
}

}  // namespace vault_mock::text
