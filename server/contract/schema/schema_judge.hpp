// Decides whether a schema accepts a value.
//
// Time and depth are bounded: what would take more than `kMostWork` (about a fifth of a second), or more than
// 500 schemas inside one another, is undecided, which is neither accepted nor refused.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "contract/schema/compiled_schema.hpp"

namespace vault_mock::contract {

struct Judgement {
  enum class Verdict { accepted, refused, undecided } verdict;
  std::string place;         // of the first refusal: a JSON Pointer into the value
  std::string_view keyword;  // that refuses
  std::uint64_t work;        // that the judgement took
};

inline constexpr std::uint64_t kMostWork = 200'000'000;  // in units of about a nanosecond, in the worst case

Judgement judge(const CompiledSchema& schema, const nlohmann::json& value,
                std::uint64_t most_work = kMostWork);

}  // namespace vault_mock::contract
