#include "fuzz/seed_files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace vault_mock::fuzz {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongest = 20'000;  // longer inputs only make the fuzzer slow

}  // namespace

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> files_in(std::string_view folder, std::string_view extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(VAULT_MOCK_SOURCE_DIR) / folder))
    if (entry.path().extension() == extension) files.push_back(entry.path());
  std::ranges::sort(files);
  if (files.empty()) throw std::runtime_error("no seeds in " + std::string(folder));
  return files;
}

const std::vector<scenarios::Scenario>& scenario_files() {
  static const auto all = [] {
    std::vector<scenarios::Scenario> list;
    for (const auto& file : files_in("tests/scenarios", ".http"))
      if (auto scenario = scenarios::read_scenario(content_of(file))) list.push_back(std::move(*scenario));
    return list;
  }();
  return all;
}

Seeds distinct(Seeds seeds) {
  std::ranges::sort(seeds);
  const auto end = std::unique(seeds.begin(), seeds.end());
  seeds.erase(std::remove_if(seeds.begin(), end, [](const auto& seed) { return seed.size() > kLongest; }),
              seeds.end());
  return seeds;
}

}  // namespace vault_mock::fuzz
