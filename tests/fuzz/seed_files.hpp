// The files that seeds are taken from, and what all makers of seeds do with them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/player/scenario.hpp"

namespace vault_mock::fuzz {

using Seeds = std::vector<std::string>;

std::string content_of(const std::filesystem::path& path);

// In the order of their names, below a folder of the repository.
std::vector<std::filesystem::path> files_in(std::string_view folder, std::string_view extension);

const std::vector<scenarios::Scenario>& scenario_files();

// Each different one once, without those that are too long.
Seeds distinct(Seeds seeds);

}  // namespace vault_mock::fuzz
