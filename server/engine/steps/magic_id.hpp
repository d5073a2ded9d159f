// Consumer ids that ask for an error: "error-402", or any status from 400 to 599.
//
// The best known have rules of their own (fixtures/defaults.json), which come first. This is for the rest,
// and for ids that look as if they were meant so.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::engine {

// Nothing: the id asks for no error.
std::optional<int> magic_status(std::string_view consumer_id);

// What to tell whose id is nearly one that the mock knows: "error402" or "Flaky". Empty: it is an ordinary
// id.
std::string magic_advice(std::string_view consumer_id);

}  // namespace vault_mock::engine
