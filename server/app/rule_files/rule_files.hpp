// Finds and reads the rule files and makes a book of them, with the embedded default rules last.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/rule_files/rule_sources.hpp"
#include "rules/language/known_names.hpp"
#include "rules/language/mistake.hpp"
#include "rules/rule_book.hpp"

namespace vault_mock::app {

constexpr std::string_view kDefaultsFile = "defaults.json";

// Bytes of all rule files together; ReadLimits bounds each of them.
constexpr std::size_t kMostRuleBytes = std::size_t{64} * 1024 * 1024;

struct LoadedRules {
  std::shared_ptr<const rules::RuleBook> book;
  std::size_t first_default = 0;  // the index in the book of the first default rule
  std::size_t files = 0;          // without the defaults
  std::vector<rules::Mistake> warnings;
  std::vector<std::string> notes;  // what else is in the folders, in sentences; not warnings
};

// Reads files, and the *.json and *.jsonc files of folders in the order of their names. The error is every
// mistake of every file, warnings included. Whatever the files are or contain, it does not throw. When
// `*stop` becomes true, it soon returns an error.
tl::expected<LoadedRules, std::vector<rules::Mistake>> load_rules(const RuleSources& sources,
                                                                  const rules::KnownNames& names,
                                                                  const std::atomic<bool>* stop = nullptr);

// The entry of the same folder that is nearest to a path where there is nothing, or empty.
std::string nearest_path(const std::string& path);

// What the system says of a file, to notice that one was saved, added or removed.
struct FileStamp {
  std::string path;
  std::uint64_t size = 0, inode = 0;
  std::int64_t modified = 0;  // nanoseconds

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
// The stamps of what load_rules() reads, the paths of what it warns about as not read, and the stamps of
// catalogues.
struct Stamps {
  std::vector<FileStamp> read, catalogues;
  std::vector<std::string> mentioned;

  friend bool operator==(const Stamps&, const Stamps&) = default;
};
Stamps stamps_of(const RuleSources& sources);

}  // namespace vault_mock::app
