// Numbers of any size compare exactly.
#include "text/json/json_number.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

using nlohmann::json;

TEST(CompareNumbers, DoesNotRoundIntegersToDoubles) {
  const auto ascending = json::parse(
      "[-9223372036854775808, -9007199254740993, -9007199254740992.0, -1.5, -1, 0, 0.5, 9007199254740992, "
      "9007199254740993, 9007199254740994.0, 9223372036854775807, 9223372036854775808.0, "
      "9223372036854775809, "
      "18446744073709551615, 18446744073709551616.0, 1e300]");
  for (std::size_t i = 0; i < ascending.size(); ++i)
    for (std::size_t j = 0; j < ascending.size(); ++j)
      EXPECT_TRUE(compare_numbers(ascending[i], ascending[j]) == (i <=> j))
          << ascending[i] << " " << ascending[j];
}

TEST(CompareNumbers, TakesEqualNumbersOfDifferentTypesAsEqual) {
  EXPECT_TRUE(compare_numbers(json(1), json(1.0)) == 0);
  EXPECT_TRUE(compare_numbers(json(1u), json(1)) == 0);
  EXPECT_TRUE(compare_numbers(json(9007199254740992.0), json(9007199254740992u)) == 0);
  EXPECT_TRUE(compare_numbers(json(1), json(std::nan(""))) == std::partial_ordering::unordered);
}

}  // namespace
}  // namespace vault_mock::text
