#include "vault/member_types.hpp"

#include <algorithm>
#include <unordered_set>

#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"
#include "text/json/string_member.hpp"
#include "text/nearest.hpp"
#include "text/shortened.hpp"

namespace vault_mock::vault {
namespace {

using nlohmann::json;
using Is = MemberType::Is;

constexpr std::size_t kLongestShown = 80;
constexpr std::size_t kMostMistakes = 1'000;

std::string shown(const json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  return text::shortened(text::dump(value), kLongestShown);
}

template <typename Names>
std::string listed(const Names& names) {
  std::string words;
  for (std::size_t i = 0; i < names.size(); ++i)
    words.append(i == 0 ? "" : i + 1 == names.size() ? " or " : ", ").append(text::quoted(names[i]));
  return words;
}

std::string_view words_for(Is is) {
  switch (is) {
    case Is::text:
      return "a text";
    case Is::text_or_null:
      return "a text or null";
    case Is::flag:
      return "true or false";
    case Is::flag_or_null:
      return "true, false or null";
    case Is::list:
      return "a list";
    case Is::object:
      return "an object";
    case Is::anything:
      break;
  }
  return "anything";
}

bool is_of(Is is, const json& value) {
  switch (is) {
    case Is::text:
      return value.is_string();
    case Is::text_or_null:
      return value.is_string() || value.is_null();
    case Is::flag:
      return value.is_boolean();
    case Is::flag_or_null:
      return value.is_boolean() || value.is_null();
    case Is::list:
      return value.is_array();
    case Is::object:
      return value.is_object();
    case Is::anything:
      break;
  }
  return true;
}

void check_value(const json& value, const MemberType& type, const std::string& pointer,
                 CatalogueMistakes& mistakes) {
  const auto name = text::quoted(type.name);
  if (!is_of(type.is, value)) {
    note(mistakes,
         {pointer, name + " must be " + std::string(words_for(type.is)) + ", found " + shown(value)});
  } else if (type.is_required && value == "") {
    note(mistakes, {pointer, name + " must not be empty"});
  } else if (value.is_string() && !type.words.empty() &&
             std::ranges::find(type.words, value.get_ref<const std::string&>()) == type.words.end()) {
    const std::vector<std::string> words(type.words.begin(), type.words.end());
    const auto near = text::nearest(value.get_ref<const std::string&>(), words);
    note(mistakes, {pointer, name + " must be " + listed(type.words) + ", found " + shown(value),
                    near ? text::quoted(*near) : ""});
  }
}

}  // namespace

void note(CatalogueMistakes& mistakes, CatalogueMistake mistake) {
  if (mistakes.size() < kMostMistakes) mistakes.push_back(std::move(mistake));
}

bool check_members(const json& value, std::span<const MemberType> types, std::string_view what,
                   const std::string& pointer, CatalogueMistakes& mistakes) {
  if (!value.is_object()) {
    note(mistakes, {pointer, "expected " + std::string(what) + ", an object, found " + shown(value)});
    return false;
  }
  for (const auto& [key, member] : value.items()) {
    if (mistakes.size() >= kMostMistakes) return true;
    const auto place = pointer + "/" + text::pointer_token(key);
    const auto type = std::ranges::find(types, key, &MemberType::name);
    if (type != types.end()) {
      check_value(member, *type, place, mistakes);
      continue;
    }
    std::vector<std::string> names;
    for (const auto& known : types) names.emplace_back(known.name);
    const auto near = text::nearest(key, names);
    auto message = "unknown key " + text::quoted(text::shortened(key)) + " in " + std::string(what);
    if (!near) message += ": expected " + listed(names);
    note(mistakes, {place, std::move(message), near ? text::quoted(*near) : "", CatalogueMistake::At::key});
  }
  for (const auto& type : types)
    if (type.is_required && !value.contains(type.name))
      note(mistakes, {pointer, "missing " + text::quoted(type.name) + " in " + std::string(what)});
  return true;
}

void check_unique(const json& list, const char* key, const std::string& pointer,
                  CatalogueMistakes& mistakes) {
  if (!list.is_array()) return;
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (auto id = text::string_member(list[i], key); !id.empty() && !seen.insert(id).second)
      note(mistakes, {pointer + "/" + std::to_string(i) + "/" + key,
                      text::quoted(text::shortened(id)) + " is the " + key + " of an element before it"});
}

}  // namespace vault_mock::vault
