#include "text/json_place.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "text/json/json_document.hpp"

namespace vault_mock::text {
namespace {

// Walks a text known to be valid JSON. Each skip_… starts at the first byte of its token and ends behind the
// last.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  // Without recursion in depth of the text: only the path of the pointer is entered, all else is skipped
  // flat.
  std::optional<std::size_t> find(std::string_view pointer, JsonPart part) {
    skip_space();
    std::size_t key_at = at_;
    while (!pointer.empty()) {
      const auto end = std::min(pointer.find('/', 1), pointer.size());
      const auto token = pointer.substr(1, end - 1);
      pointer.remove_prefix(end);
      const auto found = text_[at_] == '{'   ? find_member(token)
                         : text_[at_] == '[' ? find_element(token)
                                             : std::nullopt;
      if (!found) return std::nullopt;
      key_at = *found;
    }
    return part == JsonPart::key ? key_at : at_;
  }

 private:
  // Leaves at_ on the member's value and returns where its key stands.
  std::optional<std::size_t> find_member(std::string_view token) {
    std::optional<std::size_t> key_at;
    std::size_t value_at = 0;
    ++at_;
    for (skip_space(); text_[at_] != '}'; skip_comma()) {
      const auto start = at_;
      skip_string();
      const auto key = nlohmann::json::parse(text_.substr(start, at_ - start)).get<std::string>();
      skip_space();
      ++at_;  // ':'
      skip_space();
      if (pointer_token(key) == token) {
        key_at = start;
        value_at = at_;
      }
      skip_value();
    }
    if (key_at) at_ = value_at;
    return key_at;
  }

  std::optional<std::size_t> find_element(std::string_view token) {
    ++at_;
    std::size_t index = 0;
    for (skip_space(); text_[at_] != ']'; skip_comma(), ++index) {
      if (std::to_string(index) == token) return at_;
      skip_value();
    }
    return std::nullopt;
  }

  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  void skip_comma() {
    skip_space();
    if (text_[at_] == ',') ++at_;
    skip_space();
  }

  void skip_string() {
    for (++at_; text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    ++at_;
  }

  void skip_value() {
    std::size_t depth = 0;
    do {
      const char c = text_[at_];
      if (c == '"') {
        skip_string();
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
      if (depth == 0 && c != '}' && c != ']')
        while (at_ < text_.size() &&
               std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos)
          ++at_;
    } while (depth > 0);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::size_t> locate(std::string_view text, std::string_view pointer, JsonPart part) {
  return Walker(text).find(pointer, part);
}

}  // namespace vault_mock::text
