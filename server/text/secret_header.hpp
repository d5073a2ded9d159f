// Headers that prove who asks: what shows them masks their values.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "text/ascii.hpp"

namespace vault_mock::text {

// `name` in any case.
constexpr bool is_secret_header(std::string_view name) {
  constexpr std::array<std::string_view, 5> kNames = {"authorization", "cookie", "set-cookie",
                                                      "proxy-authorization", "x-mock-admin-token"};
  return std::ranges::any_of(kNames,
                             [&](std::string_view known) { return equal_ignoring_case(name, known); });
}

// The beginning of a key, to recognize it by: four characters, when the rest is long enough to stay unknown.
constexpr std::string_view recognizable_part(std::string_view key) {
  return key.substr(0, key.size() >= 12 ? 4 : 0);
}

}  // namespace vault_mock::text
