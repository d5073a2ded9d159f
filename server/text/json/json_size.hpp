// How much memory a tree of JSON values takes: its nodes and its texts.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>

namespace vault_mock::text {

std::size_t bytes_of(const nlohmann::json& value);

}  // namespace vault_mock::text
