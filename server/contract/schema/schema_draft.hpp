// A schema while read_schema() reads it: the parts found so far, which of them apply to the same value, and
// the mistakes. Lives during one reading, on one thread.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "contract/schema/schema_graph.hpp"
#include "contract/schema/schema_reader.hpp"
#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"
#include "text/regex.hpp"

namespace vault_mock::contract {

// How much work it is to compare with the value: about one for each value in it, and more for long strings.
std::uint64_t weight_of(const nlohmann::json& value);

// For messages: "an object", "5".
std::string found_words(const nlohmann::json& value);

class SchemaDraft {
 public:
  explicit SchemaDraft(const nlohmann::json& root) : root_(root) {
    part_at(root, "", Edge::Kind::into_value);
  }

  const nlohmann::json& root() const { return root_; }

  // The next part to read, or nullptr. Reading a part may add more.
  const nlohmann::json* next_part();
  ReadSchema finish();

  // Adds a mistake in the current part, at a value or at the key of a keyword.
  void refuse(std::string pointer, std::string message, std::string suggestion = {});
  void refuse_key(std::string_view key, std::string message);
  void warn_key(std::string_view key, std::string message, std::string suggestion = {});
  void expected(std::string pointer, const std::string& what, const nlohmann::json& found);

  const std::string& place() const { return places_[part_].pointer; }
  std::string at(std::string_view key) const { return place() + "/" + text::pointer_token(key); }

  // Adds a check to the current part. `keyword` has static storage.
  void add(std::string_view keyword, check::Form form) {
    compiled_.parts[part_].push_back({keyword, std::move(form)});
  }

  // The part for a schema, which is read once, however often it is referred to. nullopt, with a mistake, if
  // `value` is not a schema.
  std::optional<check::Id> schema(const nlohmann::json& value, std::string pointer, Edge::Kind kind);
  std::vector<check::Id> schemas(const nlohmann::json& list, std::string_view key, Edge::Kind kind);
  void reference(const nlohmann::json& target, std::string pointer);  // by the "$ref" of the current part

  // Calls `use(name, value, pointer)` for each member of the keyword's object.
  template <typename Use>
  void members(const nlohmann::json& object, std::string_view key, const std::string& what, const Use& use) {
    if (!object.is_object()) return expected(at(key), what, object);
    for (const auto& [name, member] : object.items())
      use(name, member, at(key) + "/" + text::pointer_token(name));
  }

  std::optional<std::vector<std::string>> names(const nlohmann::json& list, const std::string& pointer);
  std::optional<text::Regex> regex(const nlohmann::json& pattern, const std::string& pointer,
                                   SchemaMistake::At where);
  std::optional<double> count(const nlohmann::json& value,
                              std::string_view key);  // a whole number, 0 or more

 private:
  struct Place {
    const nlohmann::json* value;
    std::string pointer;
  };

  check::Id part_at(const nlohmann::json& value, std::string pointer, Edge::Kind kind);
  void note(SchemaMistake mistake);

  const nlohmann::json& root_;
  CompiledSchema compiled_;
  std::vector<Place> places_;  // of each part
  std::unordered_map<const nlohmann::json*, check::Id> ids_;
  Edges edges_;
  std::vector<SchemaMistake> mistakes_;
  bool failed_ = false;
  check::Id part_ = 0;  // the current one
  check::Id next_ = 0;
  std::size_t patterns_ = 0;
};

}  // namespace vault_mock::contract
