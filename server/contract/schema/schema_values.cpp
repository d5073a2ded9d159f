#include "contract/schema/schema_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "contract/schema/compiled_schema.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::contract {

using nlohmann::json;

namespace {

bool is_whole(const json& value) {
  return value.is_number_integer() ||
         (value.is_number_float() && std::trunc(value.get<double>()) == value.get<double>());
}

}  // namespace

std::uint8_t types_of(const json& value) {
  switch (value.type()) {
    case json::value_t::null:
      return check::Types::null;
    case json::value_t::boolean:
      return check::Types::boolean;
    case json::value_t::string:
      return check::Types::string;
    case json::value_t::array:
      return check::Types::array;
    case json::value_t::object:
      return check::Types::object;
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
    case json::value_t::number_float:
      return is_whole(value) ? check::Types::integer | check::Types::number : check::Types::number;
    default:
      return 0;
  }
}

bool is_multiple(const json& value, const json& divisor) {
  if (divisor.is_number_integer() && value.is_number_integer()) {
    const auto magnitude = [](const json& number) {
      if (number.is_number_unsigned()) return number.get<std::uint64_t>();
      const auto signed_number = number.get<std::int64_t>();
      return signed_number < 0 ? 0 - static_cast<std::uint64_t>(signed_number)
                               : static_cast<std::uint64_t>(signed_number);
    };
    return magnitude(value) % magnitude(divisor) == 0;
  }
  const auto number = value.get<double>(), step = divisor.get<double>();
  if (!std::isfinite(number)) return false;
  const auto tolerance = std::max(1e-9 * step, 4 * std::numeric_limits<double>::epsilon() * std::abs(number));
  return std::abs(std::remainder(number, step)) <= tolerance;
}

void append_canonical(std::string& to, const json& value) {
  if (value.is_array()) {
    to += '[';
    for (const auto& element : value) {
      append_canonical(to, element);
      to += ',';
    }
    to += ']';
  } else if (value.is_object()) {  // its keys are sorted
    to += '{';
    for (const auto& [key, member] : value.items()) {
      text::append_quoted(to, key);
      to += ':';
      append_canonical(to, member);
      to += ',';
    }
    to += '}';
  } else if (value.is_number_float() && is_whole(value) && std::abs(value.get<double>()) < 0x1p63) {
    to += std::to_string(static_cast<std::int64_t>(value.get<double>()));
  } else {
    to += text::dump(value);
  }
}

}  // namespace vault_mock::contract
