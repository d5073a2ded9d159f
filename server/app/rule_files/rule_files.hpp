// Rule files: found, read and made into a book, with the defaults that are embedded in the program below
// them.
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
#include "vault/catalogue.hpp"

namespace vault_mock::app {

constexpr std::string_view kDefaultsFile = "defaults.json";

// Of all rule files together; each may have what ReadLimits says.
constexpr std::size_t kMostRuleBytes = std::size_t{64} * 1024 * 1024;

struct LoadedRules {
  std::shared_ptr<const rules::RuleBook> book;
  std::size_t files = 0;  // without the defaults
  std::vector<rules::Mistake> warnings;
  std::vector<std::string> notes;  // what lies beside the rule files, in whole sentences; no warnings
};

// Reads files, and the *.json files of folders in name order. On a failure: every mistake of every file,
// warnings included. Never throws for what is in the files, or for what the files are. Once `*stop` is true
// it soon ends, and fails.
tl::expected<LoadedRules, std::vector<rules::Mistake>> load_rules(const RuleSources& sources,
                                                                  const rules::Vocabulary& vocabulary,
                                                                  const std::atomic<bool>* stop = nullptr);

// What a file that is read looks like from outside, to notice that one was saved, added or taken away.
struct FileStamp {
  std::string path;
  std::uint64_t size = 0, inode = 0;
  std::int64_t modified = 0;  // nanoseconds

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
// Of all that load_rules() reads, and the paths of what it warns of as not read.
struct Stamps {
  std::vector<FileStamp> read;
  std::vector<std::string> mentioned;

  friend bool operator==(const Stamps&, const Stamps&) = default;
};
Stamps stamps_of(const RuleSources& sources);

// The catalogue of connectors: the last `connectors.json` among those files and folders, else the one in the
// program. The error is one line, which begins with the file.
tl::expected<std::shared_ptr<const vault::Catalogue>, std::string> load_connectors(
    const RuleSources& sources);

}  // namespace vault_mock::app
