// The parameters of a raw query string, decoded (percent and plus) only when a rule asks for one.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::rules {

// Calls `visit` with each value of that parameter, in order, until it returns false.
void each_query_value(std::string_view query, std::string_view name,
                      const std::function<bool(std::string)>& visit);

std::optional<std::string> query_value(std::string_view query, std::string_view name);

}  // namespace vault_mock::rules
