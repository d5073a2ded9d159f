// What the objects of a catalogue can have: tables of members, and what an object has wrong by such a table.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::vault {

// What is wrong with a catalogue, and where. Plain values.
struct CatalogueMistake {
  enum class At { value, key };
  std::string pointer;          // JSON Pointer of the value (RFC 6901)
  std::string message;          // what is wrong and what was expected
  std::string suggestion = {};  // the word that was probably meant, or empty
  At at = At::value;

  friend bool operator==(const CatalogueMistake&, const CatalogueMistake&) = default;
};
using CatalogueMistakes = std::vector<CatalogueMistake>;

// Adds one, unless there are 1,000 already.
void note(CatalogueMistakes& mistakes, CatalogueMistake mistake);

struct MemberType {
  enum class Is { text, text_or_null, flag, flag_or_null, list, object, anything };
  std::string_view name;
  Is is = Is::text;
  bool is_required = false;                      // and, of a text, not empty
  std::span<const std::string_view> words = {};  // the only texts that are possible; empty: any
};

// Adds what `value` has wrong: it is not an object, or a member is unknown, missing, of another type or none
// of its words. `what` it is: "a connector". Members are those of the table, and no others. → whether it is
// an object
bool check_members(const nlohmann::json& value, std::span<const MemberType> types, std::string_view what,
                   const std::string& pointer, CatalogueMistakes& mistakes);

// Adds each element of `list` whose text `key` another one before it has, too.
void check_unique(const nlohmann::json& list, const char* key, const std::string& pointer,
                  CatalogueMistakes& mistakes);

// Calls `check(element, pointer)` for each element of that member, if it is a list.
template <typename Check>
void each_of(const nlohmann::json& object, const char* member, const std::string& pointer,
             const Check& check) {
  const auto list = object.find(member);
  if (list == object.end() || !list->is_array()) return;
  for (std::size_t i = 0; i < list->size(); ++i)
    check((*list)[i], pointer + "/" + member + "/" + std::to_string(i));
}

}  // namespace vault_mock::vault
