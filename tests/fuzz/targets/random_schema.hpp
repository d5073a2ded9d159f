// JSON Schemas and values made from bytes: any bytes make some, and similar bytes make similar ones.
#pragma once

#include <nlohmann/json.hpp>

#include "fuzz/targets/choices.hpp"

namespace vault_mock::fuzz {

enum class Temper {
  tame,  // schemas as they should be, of keywords that every validator can judge: no patterns, references,
         // fractions
  wild,  // keywords with values of any type, references anywhere, patterns of any kind
};

nlohmann::json random_value(Choices& choices, int depth = 3);
nlohmann::json random_schema(Choices& choices, Temper temper, int depth = 4);

}  // namespace vault_mock::fuzz
