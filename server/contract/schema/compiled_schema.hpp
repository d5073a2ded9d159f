// A JSON Schema, read and checked: what the judge walks. Only read_schema() makes one, so that nothing in it
// can surprise: every reference leads somewhere, no chain of schemas judges one value for ever, every pattern
// is compiled.
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

// What one keyword wants of a value (of another type than it is about: nothing).
namespace check {

using Id = std::uint32_t;  // of a part: its index in CompiledSchema::parts

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
  std::uint64_t weight = 1;  // of values in them
};
struct Bound {
  enum class Order { at_least, more, at_most, less } order;
  nlohmann::json number;
};
struct MultipleOf {
  nlohmann::json number;  // more than zero
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
struct Needs {  // a key and those that must stand beside it
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
struct Dependent {  // a key and what the whole object must be then
  std::vector<std::pair<std::string, Id>> schemas;
};

using Form = std::variant<Nothing, Types, Values, Bound, MultipleOf, Size, Pattern, UniqueElements, Required,
                          Needs, Members, Names, Elements, Contains, All, Any, One, Not, If, Dependent>;

}  // namespace check

struct KeywordCheck {
  std::string_view keyword;  // static: "maxLength"
  check::Form form;
};

struct CompiledSchema {
  using Part = std::vector<KeywordCheck>;  // all must hold; without any, every value does
  std::vector<Part> parts;                 // the first is the whole
};

}  // namespace vault_mock::contract
