#include "app/rule_files/rule_sources.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <utility>

#include "text/ascii.hpp"

namespace vault_mock::app {
namespace {

namespace fs = std::filesystem;
using Likeness = PassedOver::Likeness;

constexpr std::string_view kNotRead = "not read: rule files are JSON and their names end in .json or .jsonc";

struct FolderListing {
  std::vector<fs::path> entries;  // in order of names
  std::string trouble;            // why they are not all there
};

FolderListing list_folder(const fs::path& folder, std::size_t most) {
  FolderListing listing;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (listing.entries.size() == most) {
      listing.trouble = fmt::format("it has more than {} files", most);
      break;
    }
    listing.entries.push_back(entry->path());
  }
  if (error) listing.trouble = error.message();
  std::ranges::sort(listing.entries);
  return listing;
}

std::string name_of(const fs::path& path) { return path.filename().string(); }
bool is_hidden(const fs::path& path) { return name_of(path).starts_with('.'); }
bool ends_in(const fs::path& path, std::string_view ending) {
  return text::lower(name_of(path)).ends_with(ending);
}

bool is_catalogue_with_comments(const fs::path& path) {
  return text::lower(name_of(path)) == "connectors.jsonc";
}

bool is_rule_file(const fs::path& path) {
  if (is_hidden(path) || ends_in(path, ".schema.json") || is_catalogue_with_comments(path)) return false;
  return ends_in(path, ".json") || ends_in(path, ".jsonc");
}

bool looks_like_rules(const fs::path& path) {
  return std::ranges::any_of(std::to_array<std::string_view>({".yaml", ".yml", ".json5"}),
                             [&](std::string_view ending) { return ends_in(path, ending); });
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

PassedOver pass_over(const fs::path& path) {
  if (is_hidden(path))
    return {path.string(), "not read: it is hidden; if it holds rules, rename it without the dot",
            ends_in(path, ".json") || ends_in(path, ".jsonc") || looks_like_rules(path) ? Likeness::of_rules
                                                                                        : Likeness::none};
  if (is_folder(path)) {
    constexpr std::size_t kLook = 1'000;
    const bool has_rules = std::ranges::any_of(list_folder(path, kLook).entries, is_rule_file);
    return {path.string(),
            fmt::format("folder not read; to read its rules name it too: vault-mock {} {}",
                        path.parent_path().string(), path.string()),
            has_rules ? Likeness::of_rules : Likeness::none};
  }
  if (ends_in(path, ".schema.json"))
    return {path.string(), "not read: it describes rule files", Likeness::none};
  if (is_catalogue_with_comments(path))
    return {path.string(), "not read: the catalogue of connectors is connectors.json, without comments",
            Likeness::of_rules};
  if (looks_like_rules(path))
    return {path.string(), std::string(kNotRead) + "; convert it to JSON", Likeness::of_rules};
  return {path.string(), std::string(kNotRead), Likeness::none};
}

void find_in_folder(const std::string& folder, FoundRules& found) {
  auto listing = list_folder(folder, kMostFolderEntries);
  if (!listing.trouble.empty()) {
    found.refused.push_back({folder, std::move(listing.trouble), Likeness::of_rules});
    return;
  }
  const auto visible = [](const fs::path& path) { return !is_hidden(path); };
  const auto& entries = listing.entries;
  for (const auto& path : entries) {
    if (is_rule_file(path))
      found.files.push_back({path.string(), FoundFile::Named::by_folder});
    else
      found.passed_over.push_back(pass_over(path));
  }
  if (std::ranges::none_of(entries, visible))
    found.empty.push_back(folder);
  else if (std::ranges::none_of(entries, is_rule_file))
    found.passed_over.push_back({folder,
                                 "not read: no file in this folder is a rule file; their names end in .json "
                                 "or .jsonc",
                                 Likeness::of_rules});
}

}  // namespace

bool is_catalogue(const std::string& path) { return name_of(path) == "connectors.json"; }

FoundRules find_rules(std::span<const std::string> paths) {
  FoundRules found;
  for (const auto& path : paths) {
    if (is_folder(path))
      find_in_folder(path, found);
    else
      found.files.push_back({path, FoundFile::Named::by_user});
  }
  return found;
}

RuleSources::RuleSources(std::vector<std::string> paths) : paths_(std::move(paths)) {
  for (const auto& path : paths_)
    if (is_read_once(path) && !read_.contains(path)) read_.emplace(path, read_argument(path));
}

tl::expected<std::string, Unreadable> RuleSources::text_of(const std::string& path) const {
  const auto held = read_.find(path);
  if (held == read_.end()) return read_regular_file(path);
  return held->second.map_error([](const std::string& reason) {
    return Unreadable{Unreadable::Kind::other, reason};
  });
}

}  // namespace vault_mock::app
