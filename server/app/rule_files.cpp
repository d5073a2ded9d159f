#include "app/rule_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "rules/fixture.hpp"
#include "text/embedded.hpp"

namespace vault_mock::app {
namespace {

namespace fs = std::filesystem;

tl::expected<std::vector<fs::path>, std::string> find_files(std::span<const std::string> paths) {
  std::vector<fs::path> files;
  for (const auto& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      std::vector<fs::path> found;
      for (const auto& entry : fs::directory_iterator(path, error))
        if (entry.path().extension() == ".json" &&
            !entry.path().filename().string().ends_with(".schema.json"))
          found.push_back(entry.path());
      std::ranges::sort(found);
      files.insert(files.end(), found.begin(), found.end());
    } else if (fs::exists(path, error)) {
      files.emplace_back(path);
    } else {
      return tl::unexpected("no rule file or folder '" + path + "': check the path");
    }
  }
  return files;
}

bool is_catalogue(const fs::path& path) { return path.filename() == "connectors.json"; }

tl::expected<std::string, std::string> read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) return tl::unexpected("cannot read rule file '" + path.string() + "'");
  return text;
}

}  // namespace

tl::expected<std::shared_ptr<const rules::RuleBook>, std::string> load_rules(
    std::span<const std::string> paths, const rules::Vocabulary& vocabulary) {
  const auto files = find_files(paths);
  if (!files) return tl::unexpected(files.error());
  rules::RuleList list;
  std::string mistakes;
  const auto add = [&](std::string_view text, const std::string& name) {
    auto rules = rules::read_fixture(text, name, vocabulary);
    if (rules)
      list.insert(list.end(), rules->rules.begin(), rules->rules.end());
    else
      mistakes += rules::format(rules.error());
  };
  for (const auto& file : *files) {
    if (is_catalogue(file)) continue;
    const auto text = read_file(file);
    if (text)
      add(*text, file.string());
    else
      mistakes += text.error() + "\n";
  }
  if (!mistakes.empty()) return tl::unexpected(mistakes);
  add(embedded::file("fixtures/defaults.json"), "defaults.json");
  return std::make_shared<const rules::RuleBook>(std::move(list));
}

tl::expected<std::shared_ptr<const vault::Catalogue>, std::string> load_connectors(
    std::span<const std::string> paths) {
  const auto files = find_files(paths);
  if (!files) return tl::unexpected(files.error());
  auto result = vault::Catalogue::shipped();
  for (const auto& file : *files) {
    if (!is_catalogue(file)) continue;
    const auto text = read_file(file);
    if (!text) return tl::unexpected(text.error());
    auto catalogue = vault::Catalogue::read(*text);
    if (!catalogue) return tl::unexpected(file.string() + ": " + catalogue.error() + "\n");
    result = std::make_shared<const vault::Catalogue>(std::move(*catalogue));
  }
  return result;
}

}  // namespace vault_mock::app
