// Rule files: found, read and made into a book, with the defaults that are embedded in the program below
// them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "rules/mistake.hpp"
#include "rules/rule_book.hpp"
#include "rules/vocabulary.hpp"
#include "vault/catalogue.hpp"

namespace vault_mock::app {

constexpr std::string_view kDefaultsFile = "defaults.json";

struct LoadedRules {
  std::shared_ptr<const rules::RuleBook> book;
  std::size_t files = 0;  // without the defaults
  std::vector<rules::Mistake> warnings;
};

// Reads files, and the *.json files of folders in name order (without *.schema.json). On a failure: every
// mistake of every file, warnings included.
tl::expected<LoadedRules, std::vector<rules::Mistake>> load_rules(std::span<const std::string> paths,
                                                                  const rules::Vocabulary& vocabulary);

// The text of a file, or what the system says.
tl::expected<std::string, std::string> read_file(const std::string& path);

// What the files look like from outside, to notice that one was saved, added or taken away: path, size, inode
// and time of each.
struct FileStamp {
  std::string path;
  std::uint64_t size = 0, inode = 0;
  std::int64_t modified = 0;  // nanoseconds

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
std::vector<FileStamp> stamps_of(std::span<const std::string> paths);

// The catalogue of connectors: the last `connectors.json` among those files and folders, else the one in the
// program.
tl::expected<std::shared_ptr<const vault::Catalogue>, std::string> load_connectors(
    std::span<const std::string> paths);

}  // namespace vault_mock::app
