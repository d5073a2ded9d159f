#include "app/rule_files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>

#include "rules/fixture.hpp"
#include "text/embedded.hpp"

namespace vault_mock::app {
namespace {

namespace fs = std::filesystem;

bool is_rule_file(const fs::path& path) {
  return path.extension() == ".json" && !path.filename().string().ends_with(".schema.json");
}

// A path that leads nowhere stays in the list: reading it says so.
std::vector<std::string> files_of(std::span<const std::string> paths) {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error))
      if (is_rule_file(entry->path())) found.push_back(entry->path().string());
    std::ranges::sort(found);
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

bool is_catalogue(const fs::path& path) { return path.filename() == "connectors.json"; }

// Of a whole file: it has no line to show.
rules::Mistake unreadable(const std::string& path, const std::string& reason) {
  rules::Mistake mistake;
  mistake.file = path;
  mistake.line = 0;
  mistake.message = "cannot read this rule file: " + reason;
  return mistake;
}

}  // namespace

tl::expected<std::string, std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return tl::unexpected(std::string(std::strerror(errno)));
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.bad() || fs::is_directory(path))
    return tl::unexpected(std::string("it is no file that can be read"));
  return text;
}

tl::expected<LoadedRules, std::vector<rules::Mistake>> load_rules(std::span<const std::string> paths,
                                                                  const rules::Vocabulary& vocabulary) {
  LoadedRules loaded;
  rules::RuleList list;
  std::vector<rules::Mistake> mistakes;
  bool failed = false;
  const auto add = [&](std::string_view text, std::string_view name) {
    auto fixture = rules::read_fixture(text, name, vocabulary);
    failed = failed || !fixture;
    auto& found = fixture ? fixture->warnings : fixture.error();
    mistakes.insert(mistakes.end(), found.begin(), found.end());
    if (fixture) list.insert(list.end(), fixture->rules.begin(), fixture->rules.end());
  };
  for (const auto& file : files_of(paths)) {
    if (is_catalogue(file)) continue;
    ++loaded.files;
    if (const auto text = read_file(file)) {
      add(*text, file);
    } else {
      failed = true;
      mistakes.push_back(unreadable(file, text.error()));
    }
  }
  if (failed) return tl::unexpected(std::move(mistakes));
  add(embedded::file("fixtures/defaults.json"), kDefaultsFile);
  loaded.book = std::make_shared<const rules::RuleBook>(std::move(list));
  loaded.warnings = std::move(mistakes);
  return loaded;
}

std::vector<FileStamp> stamps_of(std::span<const std::string> paths) {
  std::vector<FileStamp> stamps;
  for (const auto& path : files_of(paths)) {
    if (is_catalogue(path)) continue;
    struct stat status {};
    FileStamp stamp{.path = path};
    if (stat(path.c_str(), &status) == 0) {
      stamp.size = static_cast<std::uint64_t>(status.st_size);
      stamp.inode = status.st_ino;
#ifdef __APPLE__
      const auto& time = status.st_mtimespec;
#else
      const auto& time = status.st_mtim;
#endif
      stamp.modified = std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
    }
    stamps.push_back(std::move(stamp));
  }
  return stamps;
}

tl::expected<std::shared_ptr<const vault::Catalogue>, std::string> load_connectors(
    std::span<const std::string> paths) {
  std::shared_ptr<const vault::Catalogue> result;
  for (const auto& file : files_of(paths)) {
    if (!is_catalogue(file)) continue;
    const auto text = read_file(file);
    if (!text) return tl::unexpected(file + ": error: " + text.error() + "\n");
    auto catalogue = vault::Catalogue::read(*text);
    if (!catalogue) return tl::unexpected(file + ": " + catalogue.error() + "\n");
    result = std::make_shared<const vault::Catalogue>(std::move(*catalogue));
  }
  return result;
}

}  // namespace vault_mock::app
