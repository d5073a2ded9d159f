// The keywords of JSON Schema (draft 7 and 2020-12), and what read_schema() does with each.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/schema/compiled_schema.hpp"

namespace vault_mock::contract {

struct Keyword {  // NOLINT: read from a table, whose order of fields it has
  enum class Use {
    own,          // judged; has a reader of its own
    bound,        // judged: a limit of a number
    size,         // judged: a limit of a length or count
    with_others,  // judged; read together with the keywords that it works with
    definitions,  // holds schemas for "$ref"
    annotation,   // ignored: for people and for other programs
    warned,       // has no effect here, although users may expect one: a warning
    refused,      // cannot be judged here: an error
  };
  std::string_view name;
  Use use = Use::own;
  std::string_view words = {};  // of a warning or an error, after the keyword in quotes
  check::Bound::Order bound = {};
  check::Size::Of of = {};
  check::Size::Order order = {};
};

// nullptr when there is no keyword of that name.
const Keyword* find_keyword(std::string_view name);

// Of all that are not refused, for suggestions.
const std::vector<std::string>& keyword_names();

// Pairs of limits: no value passes when the first is more than the second.
inline constexpr auto kRanges =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"minimum", "maximum"},
                                                                  {"minLength", "maxLength"},
                                                                  {"minItems", "maxItems"},
                                                                  {"minProperties", "maxProperties"}});

}  // namespace vault_mock::contract
