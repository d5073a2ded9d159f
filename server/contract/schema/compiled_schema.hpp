// A JSON Schema in the form that judge() works on. Only read_schema() makes one, which guarantees: every
// reference points to a part, no chain of parts applies to the same value without end, every pattern is
// compiled. Immutable.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "text/regex.hpp"

namespace vault_mock::contract {

// What one keyword requires. It ignores values of types that it is not about.
namespace check {

using Id = std::uint32_t;  // the index of a part in CompiledSchema::parts

struct Nothing {};  // the schema `false`
struct Types {
  enum Type : std::uint8_t {
    null = 1,
    boolean = 2,
    integer = 4,
    number = 8,
    string = 16,
    array = 32,
    object = 64
  };
  std::uint8_t any_of = 0;
};
struct Values {  // enum, const
  std::vector<nlohmann::json> any_of;
  std::uint64_t weight = 1;  // how much work it is to compare with all of them
};
struct Bound {
  enum class Order { at_least, more, at_most, less } order;
  nlohmann::json number;
};
struct MultipleOf {
  nlohmann::json number;  // greater than zero
};
struct Size {
  enum class Of { characters, elements, members } of;
  enum class Order { at_least, at_most } order;
  double count;
};
struct Pattern {
  text::Regex regex;
};
struct UniqueElements {};
struct Required {
  std::vector<std::string> keys;
};
struct Needs {  // keys, each with the keys that must be there too if it is
  std::vector<std::pair<std::string, std::vector<std::string>>> keys;
};
struct Members {
  std::map<std::string, Id, std::less<>> named;
  std::vector<std::pair<text::Regex, Id>> patterns;
  std::optional<Id> others;
};
struct Names {
  Id of;
};
struct Elements {
  std::vector<Id> first;
  std::optional<Id> rest;
};
struct Contains {
  Id what;
  double least = 1;
  std::optional<double> most;
};
struct All {
  std::vector<Id> of;  // one when it is a $ref
};
struct Any {
  std::vector<Id> of;
};
struct One {
  std::vector<Id> of;
};
struct Not {
  Id of;
};
struct If {
  Id condition;
  std::optional<Id> then, otherwise;
};
struct Dependent {  // keys, each with a schema for the whole object that has it
  std::vector<std::pair<std::string, Id>> schemas;
};

using Form = std::variant<Nothing, Types, Values, Bound, MultipleOf, Size, Pattern, UniqueElements, Required,
                          Needs, Members, Names, Elements, Contains, All, Any, One, Not, If, Dependent>;

}  // namespace check

struct KeywordCheck {
  std::string_view keyword;  // static storage: "maxLength"
  check::Form form;
};

struct CompiledSchema {
  using Part = std::vector<KeywordCheck>;  // all must hold; an empty part accepts every value
  std::vector<Part> parts;                 // the first one is the whole schema
};

}  // namespace vault_mock::contract
