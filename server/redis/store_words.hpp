// What the store's scripts are given, and what they return, as values of spaces/store.hpp. Whatever reads a
// Reply returns nothing where it has another shape than the script's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "redis/client.hpp"
#include "spaces/store.hpp"

namespace vault_mock::redis {

std::vector<std::string> words_of(const std::vector<spaces::TakeCandidate>& candidates);
std::optional<spaces::TakeResult> read_take(const Reply& reply);

// What follows the name of the space, the replica and the number.
std::vector<std::string> words_of(const spaces::StoreChange& change);
std::optional<spaces::StoreVersion> read_version(const Reply& reply);  // 0: a conflict

// `keys`: those that were asked for; none: all.
std::optional<spaces::StoreSnapshot> read_snapshot(const Reply& reply, std::span<const std::string> keys);
std::optional<spaces::StoreJournal> read_journal(const Reply& reply);
std::optional<std::vector<std::string>> read_stream(const Reply& reply);  // of one field
std::optional<std::vector<std::pair<std::string, std::string>>> read_pairs(const Reply& reply);

// With their scores. What is no space is left out.
std::optional<std::vector<spaces::StoredSpace>> read_spaces(const Reply& reply);

// A number as a script or a command returns it: an integer or its text.
std::optional<std::uint64_t> read_number(const Reply& reply);

}  // namespace vault_mock::redis
