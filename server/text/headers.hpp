// Headers of HTTP: a list of names and values in the order in which they were sent. Names compare without
// case.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "text/ascii.hpp"

namespace vault_mock::text {

using Header = std::pair<std::string, std::string>;  // name and value
using HeaderView =
    std::pair<std::string_view, std::string_view>;  // the same, where somebody else owns the text

constexpr bool is_named(const HeaderView& header, std::string_view name) {
  return equal_ignoring_case(header.first, name);
}

// The value of the first header of that name, or nothing.
inline std::optional<std::string_view> find_header(std::span<const HeaderView> headers,
                                                   std::string_view name) {
  for (const auto& header : headers)
    if (is_named(header, name)) return header.second;
  return std::nullopt;
}

}  // namespace vault_mock::text
