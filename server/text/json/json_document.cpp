#include "text/json/json_document.hpp"

#include <algorithm>

#include "text/shortened.hpp"

namespace vault_mock::text {
namespace {

using nlohmann::json;

constexpr std::size_t kMostDuplicates = 100;
constexpr std::size_t kLongestWords = 300;

// Builds the document event by event. nlohmann's own parser is iterative, so depth is ours to bound: what
// recurses is the destruction and the dump of a value.
class Builder final : public nlohmann::json_sax<json> {
 public:
  explicit Builder(std::size_t max_depth) : max_depth_(max_depth) {}

  bool null() override { return place(nullptr); }
  bool boolean(bool value) override { return place(value); }
  bool number_integer(number_integer_t value) override { return place(value); }
  bool number_unsigned(number_unsigned_t value) override { return place(value); }
  bool number_float(number_float_t value, const string_t&) override { return place(value); }
  bool string(string_t& value) override { return place(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    auto& object = open_.back()->get_ref<json::object_t&>();
    const auto [member, is_new] = object.try_emplace(std::move(name));
    if (!is_new && duplicates_.size() < kMostDuplicates)
      duplicates_.push_back(pointer() + "/" + pointer_token(member->first));
    keys_.back() = &member->first;
    member_ = &member->second;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    error_ = JsonError{JsonError::Kind::syntax, position == 0 ? 0 : position - 1, words_of(error.what())};
    return false;
  }

  bool too_deep() const { return too_deep_; }
  JsonError& error() { return error_; }
  JsonDocument take() { return {std::move(root_), std::move(duplicates_)}; }

 private:
  // Where the next value goes: the root, the end of an array, or the member whose key came last.
  template <typename Value>
  json* put(Value&& value) {
    json* target = &root_;
    if (!open_.empty()) {
      json& parent = *open_.back();
      target = parent.is_array() ? &parent.emplace_back(nullptr) : member_;
    }
    *target = std::forward<Value>(value);
    return target;
  }

  template <typename Value>
  bool place(Value&& value) {
    put(std::forward<Value>(value));
    return true;
  }

  bool open(json container) {
    if (open_.size() >= max_depth_) {
      too_deep_ = true;
      return false;
    }
    open_.push_back(put(std::move(container)));
    keys_.push_back(nullptr);
    return true;
  }

  bool close() {
    open_.pop_back();
    keys_.pop_back();
    return true;
  }

  // Of the innermost open container.
  std::string pointer() const {
    std::string result;
    for (std::size_t i = 0; i + 1 < open_.size(); ++i)
      result +=
          "/" + (open_[i]->is_array() ? std::to_string(open_[i]->size() - 1) : pointer_token(*keys_[i]));
    return result;
  }

  // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while … - unexpected …;
  // expected …", or "[json.exception.out_of_range.406] number overflow parsing '…'"
  static std::string words_of(std::string_view what) {
    if (const auto name = what.find("] "); what.starts_with("[json.exception.") && name != what.npos)
      what.remove_prefix(name + 2);
    if (const auto colon = what.find(": "); what.starts_with("parse error") && colon != what.npos)
      what.remove_prefix(colon + 2);
    if (const auto dash = what.find(" - "); what.starts_with("syntax error") && dash != what.npos)
      what.remove_prefix(dash + 3);
    return shortened(what, kLongestWords);  // it may quote a token of any length
  }

  const std::size_t max_depth_;
  json root_;
  std::vector<json*> open_;  // innermost last; stable: a container grows only while it is innermost
  std::vector<const std::string*> keys_;  // per open container, the key that came last
  json* member_ = nullptr;
  std::vector<std::string> duplicates_;
  bool too_deep_ = false;
  JsonError error_;
};

// A JSON string cannot hold it as it is, or, beyond ASCII, only perhaps. No branches: see is_plain().
constexpr bool is_special(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < ' ') | (byte > '~') | (byte == '"') | (byte == '\\');
}

// Of a text of kBlock bytes or more: in blocks of a fixed size the compiler looks at all bytes at once.
template <std::ptrdiff_t kBlock>
bool is_plain_in_blocks(std::string_view text) {
  const auto is_plain_block = [](const char* bytes) {
    unsigned char special = 0;
    for (std::ptrdiff_t i = 0; i < kBlock; ++i) special |= static_cast<unsigned char>(is_special(bytes[i]));
    return special == 0;
  };
  const auto* const last = text.data() + text.size() - kBlock;
  for (const auto* block = text.data(); block < last; block += kBlock)
    if (!is_plain_block(block)) return false;
  return is_plain_block(last);  // it may begin within the block before
}

bool is_plain(std::string_view text) {
  if (text.size() >= 16) return is_plain_in_blocks<16>(text);
  if (text.size() >= 8) return is_plain_in_blocks<8>(text);
  return std::ranges::none_of(text, is_special);
}

}  // namespace

Place place_of(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, std::min(offset, text.size()));
  const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1, before.size() - line_start + 1};
}

tl::expected<JsonDocument, JsonError> read_json(std::string_view text, std::size_t max_depth) {
  Builder builder(max_depth);
  if (json::sax_parse(text.begin(), text.end(), &builder)) {
    // nlohmann takes a NUL byte for the end of the text; what is behind it must not slip through.
    if (const auto nul = text.find('\0'); nul != text.npos)
      return tl::unexpected(
          JsonError{JsonError::Kind::syntax, nul, "unexpected NUL byte; expected end of input"});
    return builder.take();
  }
  if (!builder.too_deep()) return tl::unexpected(std::move(builder.error()));

  // The parser does not tell where it stopped: look for the bracket that opens one level too many.
  std::size_t depth = 0, offset = 0;
  for (bool in_string = false; offset < text.size(); ++offset) {
    const char c = text[offset];
    if (in_string && c == '\\')
      ++offset;
    else if (c == '"')
      in_string = !in_string;
    else if (!in_string && (c == '[' || c == '{') && ++depth > max_depth)
      break;
    else if (!in_string && (c == ']' || c == '}'))
      --depth;
  }
  return tl::unexpected(JsonError{JsonError::Kind::too_deep, offset,
                                  "nested deeper than " + std::to_string(max_depth) + " levels"});
}

std::string dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

void append_quoted(std::string& to, std::string_view text) {
  if (is_plain(text))
    to.append(1, '"').append(text).append(1, '"');
  else
    to += dump(json(text));
}

std::string quoted(std::string_view text) {
  std::string result;
  result.reserve(text.size() + 2);
  append_quoted(result, text);
  return result;
}

std::string pointer_token(std::string_view key) {
  std::string result;
  for (const char c : key) {
    if (c == '~')
      result += "~0";
    else if (c == '/')
      result += "~1";
    else
      result += c;
  }
  return result;
}

}  // namespace vault_mock::text
