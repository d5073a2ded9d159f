// The keywords of JSON Schema, and what becomes of each.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/schema/compiled_schema.hpp"

namespace vault_mock::contract {

struct Keyword {
  enum class Reading {
    own,          // judged, each in its way
    bound,        // judged: a number and how it limits
    size,         // judged: a count and how it limits
    with_others,  // judged, read together with those that it works with
    definitions,  // has schemas to refer to
    annotation,   // for readers and programs of other kinds
    warned,       // says nothing here, though it looks so
    refused,      // cannot be judged here
  };
  std::string_view name;
  Reading reading = Reading::own;
  std::string_view words = {};  // of a warning or a refusal
  check::Bound::Order bound = {};
  check::Size::Of of = {};
  check::Size::Order order = {};
};

// Null: there is none of that name.
const Keyword* find_keyword(std::string_view name);

const std::vector<std::string>& keyword_names();

// Pairs of which the first must not be more than the second.
inline constexpr auto kRanges =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"minimum", "maximum"},
                                                                  {"minLength", "maxLength"},
                                                                  {"minItems", "maxItems"},
                                                                  {"minProperties", "maxProperties"}});

}  // namespace vault_mock::contract
