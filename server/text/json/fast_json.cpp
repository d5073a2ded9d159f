// The only file that includes simdjson.
#include "text/json/fast_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <simdjson.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "text/json/json_document.hpp"

namespace vault_mock::text {
namespace {

using Kind = FastValue::Kind;

// Few keys are compared with each other at once; many are sorted first.
bool has_twice(std::vector<std::string_view>& keys, std::size_t first) {
  constexpr std::size_t kFew = 16;
  const auto own = std::span(keys).subspan(first);
  if (own.size() > kFew) {
    std::ranges::sort(own);
    return std::ranges::adjacent_find(own) != own.end();
  }
  for (std::size_t i = 1; i < own.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (own[i] == own[j]) return true;
  return false;
}

void append(std::string& to, const FastValue& value);

void append_children(std::string& to, const FastValue& parent, std::string_view brackets) {
  to += brackets.front();
  bool first = true;
  for (const auto& child : children_of(parent)) {
    if (!std::exchange(first, false)) to += ',';
    if (parent.is(Kind::object)) {
      append_quoted(to, child.key);
      to += ':';
    }
    append(to, child);
  }
  to += brackets.back();
}

void append(std::string& to, const FastValue& value) {
  switch (value.kind) {
    case Kind::string:
      return append_quoted(to, value.text);
    case Kind::array:
      return append_children(to, value, "[]");
    case Kind::object:
      return append_children(to, value, "{}");
    default:
      to += dump(to_json(value));
  }
}

}  // namespace

// simdjson's parser, and the arrays it fills. It is used again by the thread that made it: asking for its
// memory is what costs.
struct FastJson::Reader {
  simdjson::dom::parser parser;
  std::string padded;  // the text, with the room behind it that simdjson reads into
  std::vector<FastValue> values;
  std::vector<std::string_view> keys;  // of the objects that are open

  bool read(std::string_view text);
  bool add(simdjson::dom::element element, std::string_view key, std::size_t depth);

  // Those of this thread that are not in use, the one used last at the end.
  static std::vector<std::unique_ptr<Reader>>& spares();
};

bool FastJson::Reader::read(std::string_view text) {
  if (text.size() > kLongest) return false;
  padded.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  padded.assign(text);
  padded.append(simdjson::SIMDJSON_PADDING, ' ');
  simdjson::dom::element root;
  if (parser.parse(padded.data(), text.size(), false).get(root) != simdjson::SUCCESS) return false;
  values.clear();
  keys.clear();
  return add(root, {}, 0);
}

bool FastJson::Reader::add(simdjson::dom::element element, std::string_view key, std::size_t depth) {
  using Type = simdjson::dom::element_type;
  const auto place = values.size();
  auto& value = values.emplace_back();
  value.key = key;
  switch (element.type()) {
    case Type::NULL_VALUE:
      return true;
    case Type::BOOL:
      value.kind = Kind::boolean;
      return element.get(value.boolean) == simdjson::SUCCESS;
    case Type::INT64:
      value.kind = Kind::integer;
      return element.get(value.integer) == simdjson::SUCCESS;
    case Type::UINT64:
      value.kind = Kind::unsigned_integer;
      return element.get(value.unsigned_integer) == simdjson::SUCCESS;
    case Type::DOUBLE:
      value.kind = Kind::number;
      return element.get(value.number) == simdjson::SUCCESS;
    case Type::STRING:
      value.kind = Kind::string;
      return element.get(value.text) == simdjson::SUCCESS;
    case Type::ARRAY: {
      value.kind = Kind::array;
      if (depth == kDeepest) return false;
      for (const auto child : simdjson::dom::array(element))
        if (!add(child, {}, depth + 1)) return false;
      break;
    }
    case Type::OBJECT: {
      value.kind = Kind::object;
      if (depth == kDeepest) return false;
      const auto first = keys.size();
      for (const auto member : simdjson::dom::object(element)) {
        keys.push_back(member.key);
        if (!add(member.value, member.key, depth + 1)) return false;
      }
      if (has_twice(keys, first)) return false;
      keys.resize(first);
      break;
    }
  }
  values[place].size = static_cast<std::uint32_t>(values.size() - place);
  return true;
}

// A request reads its body, and with it two objects that are merged.
constexpr std::size_t kMostSpares = 3;

std::vector<std::unique_ptr<FastJson::Reader>>& FastJson::Reader::spares() {
  thread_local auto readers = [] {
    std::vector<std::unique_ptr<Reader>> none;
    none.reserve(kMostSpares);
    return none;
  }();
  return readers;
}

FastJson::FastJson() {
  auto& spares = Reader::spares();
  if (spares.empty()) {
    reader_ = std::make_unique<Reader>();
    return;
  }
  reader_ = std::move(spares.back());
  spares.pop_back();
}

FastJson::~FastJson() {
  auto& spares = Reader::spares();
  const bool is_small = reader_->padded.capacity() <= kLongestKept + simdjson::SIMDJSON_PADDING;
  if (is_small && spares.size() < kMostSpares) spares.push_back(std::move(reader_));
}

bool FastJson::read(std::string_view text) { return taken_ = reader_->read(text); }

nlohmann::json FastJson::parse(std::string_view text) {
  Reader reader;
  if (!reader.read(text)) throw std::invalid_argument("this is not plain JSON");
  return to_json(reader.values.front());
}

std::span<const FastValue> FastJson::values() const {
  return taken_ ? std::span<const FastValue>(reader_->values) : std::span<const FastValue>();
}

const FastValue* find_member(const FastValue* value, std::string_view key) {
  if (value == nullptr || !value->is(Kind::object)) return nullptr;
  for (const auto& member : children_of(*value))
    if (member.key == key) return &member;
  return nullptr;
}

namespace {

// Not simply the newest that the processor has: on Zen 4 the one for AVX-512 takes six times as long as the
// one for AVX2, as its compressing stores are microcode there.
const simdjson::implementation& minifier() {
  const auto* for_avx2 = simdjson::get_available_implementations()["haswell"];
  return for_avx2 != nullptr && for_avx2->supported_by_runtime_system()
             ? *for_avx2
             : *simdjson::get_active_implementation();
}

}  // namespace

std::string minified(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // the exact reader skips it, too
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::string result(text.size() + simdjson::SIMDJSON_PADDING, ' ');
  std::size_t size = 0;
  static const auto& fastest = minifier();
  const auto* from = reinterpret_cast<const std::uint8_t*>(text.data());
  auto* to = reinterpret_cast<std::uint8_t*>(result.data());
  if (fastest.minify(from, text.size(), to, size) != simdjson::SUCCESS) size = 0;
  result.resize(size);
  return result;
}

std::string dump(const FastValue& value) {
  constexpr std::size_t kSigns = 6;  // quotes, colon and comma of a member
  std::size_t bytes = 0;
  for (const auto& each : std::span(&value, value.size)) bytes += each.key.size() + each.text.size() + kSigns;
  std::string text;
  text.reserve(bytes);
  append(text, value);
  return text;
}

nlohmann::json to_json(const FastValue& value) {
  switch (value.kind) {
    case Kind::null:
      return nullptr;
    case Kind::boolean:
      return value.boolean;
    case Kind::integer:
      // As nlohmann reads it: what is not negative is unsigned.
      if (value.integer >= 0) return static_cast<std::uint64_t>(value.integer);
      return value.integer;
    case Kind::unsigned_integer:
      return value.unsigned_integer;
    case Kind::number:
      return value.number;
    case Kind::string:
      return value.text;
    case Kind::array: {
      auto array = nlohmann::json::array();
      for (const auto& element : children_of(value)) array.push_back(to_json(element));
      return array;
    }
    case Kind::object: {
      auto object = nlohmann::json::object();
      for (const auto& member : children_of(value)) object.emplace(member.key, to_json(member));
      return object;
    }
  }
  return nullptr;
}

}  // namespace vault_mock::text
