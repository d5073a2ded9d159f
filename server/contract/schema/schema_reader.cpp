#include "contract/schema/schema_reader.hpp"

#include <algorithm>
#include <cmath>

#include "contract/schema/schema_draft.hpp"
#include "contract/schema/schema_keywords.hpp"
#include "contract/schema/schema_reference.hpp"
#include "text/nearest.hpp"

namespace vault_mock::contract {
namespace {

using check::Id;
using nlohmann::json;
using At = SchemaMistake::At;

// Reads the keywords of one part after the other.
class Reader {
 public:
  explicit Reader(const json& root) : draft_(root) {}

  ReadSchema read() {
    while (const auto* part = draft_.next_part()) read_part(*part);
    return draft_.finish();
  }

 private:
  void read_part(const json& value) {
    if (value.is_boolean()) {
      if (!value.get<bool>()) draft_.add("false", check::Nothing{});
      return;
    }
    if (!value.is_object())
      return draft_.expected(draft_.place(), "a schema (an object, true or false)", value);
    for (const auto& [key, keyword] : value.items()) read_keyword(key, keyword);
    read_members(value);
    read_elements(value);
    read_contains(value);
    read_if(value);
    warn_of_empty_ranges(value);
  }

  void read_keyword(const std::string& key, const json& value) {
    const auto* known = find_keyword(key);
    if (known == nullptr) {
      if (key.starts_with("x-")) return;
      const auto near = text::nearest(key, keyword_names());
      return draft_.warn_key(key, "unknown keyword \"" + key + "\" in a JSON Schema: it has no effect",
                             near ? "\"" + *near + "\"" : "");
    }
    switch (known->use) {
      case Keyword::Use::annotation:
      case Keyword::Use::with_others:
        return;
      case Keyword::Use::definitions:
        return draft_.members(value, key, "an object of schemas",
                              [&](const auto&, const json& member, std::string pointer) {
                                draft_.schema(member, std::move(pointer), Edge::Kind::into_value);
                              });
      case Keyword::Use::warned:
        return draft_.warn_key(key, "\"" + key + "\" " + std::string(known->words));
      case Keyword::Use::refused:
        return draft_.refuse_key(key, "\"" + key + "\" " + std::string(known->words));
      case Keyword::Use::bound:
        return read_bound(*known, value);
      case Keyword::Use::size:
        if (const auto number = draft_.count(value, key))
          draft_.add(known->name, check::Size{known->of, known->order, *number});
        return;
      case Keyword::Use::own:
        return read_own(*known, value);
    }
  }

  void read_bound(const Keyword& keyword, const json& value) {
    if (value.is_boolean() && keyword.name.starts_with("exclusive"))
      return draft_.refuse(draft_.at(keyword.name),
                           "a boolean here is from draft 4: write the bound itself, {\"" +
                               std::string(keyword.name) + "\": 5}");
    if (!value.is_number() || !std::isfinite(value.get<double>()))
      return draft_.expected(draft_.at(keyword.name), "a number", value);
    draft_.add(keyword.name, check::Bound{keyword.bound, value});
  }

  void read_own(const Keyword& keyword, const json& value) {
    const auto name = keyword.name;
    if (name == "$ref") return read_reference(value);
    if (name == "type") return read_types(value);
    if (name == "const") return draft_.add(name, check::Values{{value}, weight_of(value)});
    if (name == "enum") {
      if (!value.is_array() || value.empty())
        return draft_.expected(draft_.at(name), "a list of values", value);
      return draft_.add(name, check::Values{value.get<std::vector<json>>(), weight_of(value)});
    }
    if (name == "multipleOf") {
      if (!value.is_number() || !std::isfinite(value.get<double>()) || value.get<double>() <= 0)
        return draft_.expected(draft_.at(name), "a number above 0", value);
      return draft_.add(name, check::MultipleOf{value});
    }
    if (name == "pattern") {
      if (auto compiled = draft_.regex(value, draft_.at(name), At::value))
        draft_.add(name, check::Pattern{std::move(*compiled)});
      return;
    }
    if (name == "uniqueItems") {
      if (!value.is_boolean()) return draft_.expected(draft_.at(name), "true or false", value);
      if (value.get<bool>()) draft_.add(name, check::UniqueElements{});
      return;
    }
    if (name == "required") return read_required(value);
    if (name == "propertyNames" || name == "not") {
      const bool of_names = name == "propertyNames";
      if (const auto id = draft_.schema(value, draft_.at(name),
                                        of_names ? Edge::Kind::into_value : Edge::Kind::same_value))
        draft_.add(name, of_names ? check::Form(check::Names{*id}) : check::Form(check::Not{*id}));
      return;
    }
    if (name == "allOf")
      return draft_.add(name, check::All{draft_.schemas(value, name, Edge::Kind::same_value)});
    if (name == "anyOf")
      return draft_.add(name, check::Any{draft_.schemas(value, name, Edge::Kind::same_value)});
    if (name == "oneOf")
      return draft_.add(name, check::One{draft_.schemas(value, name, Edge::Kind::same_value)});
    read_dependencies(name, value);
  }

  void read_reference(const json& value) {
    if (!value.is_string())
      return draft_.expected(draft_.at("$ref"), "a reference into this schema such as \"#/$defs/name\"",
                             value);
    const auto target = follow_reference(draft_.root(), value.get_ref<const std::string&>());
    if (!target) return draft_.refuse(draft_.at("$ref"), target.error());
    if (!(*target)->is_object() && !(*target)->is_boolean())
      return draft_.refuse(draft_.at("$ref"),
                           "\"$ref\" points to " + found_words(**target) + ", which is not a schema");
    draft_.reference(**target, pointer_of_reference(value.get_ref<const std::string&>()));
  }

  void read_types(const json& value) {
    static const std::vector<std::string> kTypes = {"null",   "boolean", "integer", "number",
                                                    "string", "array",   "object"};
    check::Types types;
    const auto read_one = [&](const json& word, std::string pointer) {
      if (!word.is_string()) return draft_.expected(pointer, "the name of a type, a string", word);
      const auto found = std::ranges::find(kTypes, word.get_ref<const std::string&>());
      if (found != kTypes.end()) {
        types.any_of |= static_cast<std::uint8_t>(1 << (found - kTypes.begin()));
        return;
      }
      const auto near = text::nearest(word.get_ref<const std::string&>(), kTypes);
      draft_.refuse(std::move(pointer),
                    "unknown type " + found_words(word) +
                        (near ? "" : ": expected null, boolean, integer, number, string, array or object"),
                    near ? "\"" + *near + "\"" : "");
    };
    if (value.is_array()) {
      if (value.empty()) return draft_.expected(draft_.at("type"), "a type or a list of types", value);
      for (std::size_t i = 0; i < value.size(); ++i)
        read_one(value[i], draft_.at("type") + "/" + std::to_string(i));
    } else {
      read_one(value, draft_.at("type"));
    }
    draft_.add("type", types);
  }

  void read_required(const json& value) {
    if (value.is_boolean())
      return draft_.refuse(
          draft_.at("required"),
          "\"required\" is a list of names since draft 4: it belongs next to \"properties\", {\"required\": "
          "[\"vault_name\"]}, not inside the property");
    if (auto keys = draft_.names(value, draft_.at("required")))
      draft_.add("required", check::Required{std::move(*keys)});
  }

  void read_contains(const json& part) {
    std::optional<double> least, most;
    if (const auto found = part.find("minContains"); found != part.end())
      least = draft_.count(*found, "minContains");
    if (const auto found = part.find("maxContains"); found != part.end())
      most = draft_.count(*found, "maxContains");
    const auto what = part.find("contains");
    if (what == part.end()) return;
    if (const auto id = draft_.schema(*what, draft_.at("contains"), Edge::Kind::into_value))
      draft_.add("contains", check::Contains{*id, least.value_or(1), most});
  }

  // `dependencies` is what the two later keywords became.
  void read_dependencies(std::string_view keyword, const json& value) {
    check::Needs needs;
    check::Dependent dependent;
    draft_.members(
        value, keyword, "an object of names",
        [&](const std::string& name, const json& member, std::string pointer) {
          if (keyword == "dependentRequired" || (keyword == "dependencies" && member.is_array())) {
            if (auto keys = draft_.names(member, pointer)) needs.keys.emplace_back(name, std::move(*keys));
          } else if (const auto id = draft_.schema(member, std::move(pointer), Edge::Kind::same_value)) {
            dependent.schemas.emplace_back(name, *id);
          }
        });
    if (!needs.keys.empty()) draft_.add(keyword, std::move(needs));
    if (!dependent.schemas.empty()) draft_.add(keyword, std::move(dependent));
  }

  // Three keywords that work together.
  void read_members(const json& part) {
    check::Members result;
    const auto properties = part.find("properties"), patterns = part.find("patternProperties"),
               others = part.find("additionalProperties");
    if (properties != part.end())
      draft_.members(*properties, "properties", "an object of schemas",
                     [&](const auto& name, const json& member, std::string pointer) {
                       if (const auto id = draft_.schema(member, std::move(pointer), Edge::Kind::into_value))
                         result.named.emplace(name, *id);
                     });
    if (patterns != part.end())
      draft_.members(*patterns, "patternProperties", "an object of patterns and schemas",
                     [&](const auto& name, const json& member, std::string pointer) {
                       auto compiled = draft_.regex(json(name), pointer, At::key);
                       const auto id = draft_.schema(member, std::move(pointer), Edge::Kind::into_value);
                       if (compiled && id) result.patterns.emplace_back(std::move(*compiled), *id);
                     });
    if (others != part.end())
      result.others = draft_.schema(*others, draft_.at("additionalProperties"), Edge::Kind::into_value);
    if (!result.named.empty() || !result.patterns.empty() || result.others)
      draft_.add(result.named.empty() && result.patterns.empty() ? "additionalProperties" : "properties",
                 std::move(result));
  }

  // A list of schemas for the first elements: `prefixItems`, or `items` as draft 7 has it.
  void read_elements(const json& part) {
    check::Elements result;
    const auto prefix = part.find("prefixItems"), items = part.find("items"),
               additional = part.find("additionalItems");
    const bool tuple = items != part.end() && items->is_array();
    if (prefix != part.end()) result.first = draft_.schemas(*prefix, "prefixItems", Edge::Kind::into_value);
    if (prefix != part.end() && tuple)
      return draft_.refuse_key("items", "\"prefixItems\" and \"items\" as a list cannot be used together");
    if (tuple && !items->empty()) result.first = draft_.schemas(*items, "items", Edge::Kind::into_value);
    if (items != part.end() && !tuple)
      result.rest = draft_.schema(*items, draft_.at("items"), Edge::Kind::into_value);
    if (additional != part.end()) {
      const auto rest = draft_.schema(*additional, draft_.at("additionalItems"), Edge::Kind::into_value);
      if (tuple) result.rest = rest;
    }
    if (!result.first.empty() || result.rest) draft_.add("items", std::move(result));
  }

  void read_if(const json& part) {
    const auto condition = part.find("if");
    const auto branch = [&](const std::string& key) -> std::optional<Id> {
      const auto found = part.find(key);
      if (found == part.end()) return std::nullopt;
      if (condition == part.end()) draft_.warn_key(key, "\"" + key + "\" has no effect without \"if\"");
      return draft_.schema(*found, draft_.at(key), Edge::Kind::same_value);
    };
    const auto then = branch("then"), otherwise = branch("else");
    if (condition == part.end()) return;
    if (const auto id = draft_.schema(*condition, draft_.at("if"), Edge::Kind::same_value))
      draft_.add("if", check::If{*id, then, otherwise});
  }

  void warn_of_empty_ranges(const json& part) {
    for (const auto& [least, most] : kRanges) {
      const auto from = part.find(least), to = part.find(most);
      if (from != part.end() && to != part.end() && from->is_number() && to->is_number() && *from > *to)
        draft_.warn_key(std::string(least), "no value passes: \"" + std::string(least) +
                                                "\" is more than \"" + std::string(most) + "\"");
    }
  }

  SchemaDraft draft_;
};

}  // namespace

ReadSchema read_schema(const json& source) { return Reader(source).read(); }

}  // namespace vault_mock::contract
