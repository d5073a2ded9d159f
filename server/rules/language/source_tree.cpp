#include "rules/language/source_tree.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

namespace vault_mock::rules {
namespace {

class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  SourceTree value() {
    skip_space();
    SourceTree tree;
    tree.value.begin = at_;
    const char first = peek();
    if (first == '{') {
      object(tree);
    } else if (first == '[') {
      array(tree);
    } else if (first == '"') {
      skip_string();
    } else {
      while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos)
        ++at_;
    }
    tree.value.end = at_;
    tree.key = tree.value;
    return tree;
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_space() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') ++at_;
  }

  void skip_string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    ++at_;
  }

  // Behind '{', '[' or ',': whether another member or element follows; leaves at_ behind the bracket when
  // none does.
  bool next(char close) {
    skip_space();
    if (peek() == ',') ++at_;
    skip_space();
    if (at_ < text_.size() && peek() != close) return true;
    ++at_;
    return false;
  }

  void object(SourceTree& tree) {
    ++at_;
    while (next('}')) {
      Span key{at_, 0};
      skip_string();
      key.end = at_;
      skip_space();
      ++at_;  // ':'
      auto member = value();
      member.key = key;
      member.name = nlohmann::json::parse(text_.substr(key.begin, key.end - key.begin)).get<std::string>();
      tree.members.push_back(std::move(member));
    }
  }

  void array(SourceTree& tree) {
    ++at_;
    while (next(']')) tree.elements.push_back(value());
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

const SourceTree* SourceTree::member(std::string_view wanted) const {
  for (auto member = members.rbegin(); member != members.rend(); ++member)
    if (member->name == wanted) return &*member;
  return nullptr;
}

const SourceTree* SourceTree::element(std::string_view index) const {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(index.data(), index.data() + index.size(), number);
  const bool is_index = error == std::errc{} && end == index.data() + index.size();
  return is_index && number < elements.size() ? &elements[number] : nullptr;
}

SourceTree source_tree(std::string_view text) { return Walker(text).value(); }

}  // namespace vault_mock::rules
