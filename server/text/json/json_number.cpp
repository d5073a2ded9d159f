#include "text/json/json_number.hpp"

#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <utility>

namespace vault_mock::text {
namespace {

template <std::integral A, std::integral B>
std::partial_ordering ordered(A a, B b) {
  return std::cmp_less(a, b)   ? std::partial_ordering::less
         : std::cmp_less(b, a) ? std::partial_ordering::greater
                               : std::partial_ordering::equivalent;
}

template <std::integral Integer>
std::partial_ordering ordered(Integer a, double b) {
  const double beyond =
      std::ldexp(1.0, std::numeric_limits<Integer>::digits);  // 2^63, or 2^64 without a sign
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b >= beyond) return std::partial_ordering::less;
  if (b < (std::is_signed_v<Integer> ? -beyond : 0.0)) return std::partial_ordering::greater;
  const double whole = std::floor(b);
  const auto order = a <=> static_cast<Integer>(whole);
  return order != 0 || whole == b ? std::partial_ordering(order) : std::partial_ordering::less;
}

std::partial_ordering ordered(double a, double b) { return a <=> b; }

template <std::integral Integer>
std::partial_ordering ordered(double a, Integer b) {
  return 0 <=> ordered(b, a);
}

// Calls `use` with the number in the type that holds it exactly.
template <typename Use>
std::partial_ordering with_number(const nlohmann::json& number, const Use& use) {
  if (number.is_number_float()) return use(number.get<double>());
  if (number.is_number_unsigned()) return use(number.get<std::uint64_t>());
  return use(number.get<std::int64_t>());
}

}  // namespace

std::partial_ordering compare_numbers(const nlohmann::json& a, const nlohmann::json& b) {
  return with_number(
      a, [&](auto one) { return with_number(b, [&](auto other) { return ordered(one, other); }); });
}

}  // namespace vault_mock::text
