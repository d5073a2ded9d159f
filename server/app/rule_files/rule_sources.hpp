// Which files the paths of a command line mean, and what else is in their folders: everything is either read
// or mentioned. fixtures/README.md, "Which files are read", describes it to users.
#pragma once

#include <map>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/files/foreign_file.hpp"

namespace vault_mock::app {

// A folder with more is refused.
constexpr std::size_t kMostFolderEntries = 10'000;

struct FoundFile {
  enum class Named { by_user, by_folder };
  std::string path;
  Named named = Named::by_user;
};

// A file or folder that is not read, and why.
struct PassedOver {
  // of_rules: somebody may have meant it as rules, so it becomes a warning; the rest is only listed.
  enum class Likeness { of_rules, none };
  std::string path;
  std::string reason;  // "not read: …"; of a folder that cannot be listed, what the system says
  Likeness likeness = Likeness::none;
};

struct FoundRules {
  std::vector<FoundFile>
      files;  // rule files and catalogues: arguments in their order, folders in order of names
  std::vector<PassedOver> passed_over;
  std::vector<PassedOver> refused;  // folders that cannot be listed: errors
  std::vector<std::string> empty;   // folders with nothing in them but hidden files
};

bool is_catalogue(const std::string& path);  // connectors.json

// Never throws. A path that does not exist is among the files; reading it reports the error.
FoundRules find_rules(std::span<const std::string> paths);

// The paths, and the texts of those that can be read only once (pipes, standard input), which the constructor
// reads. Immutable afterwards; any thread may use it.
class RuleSources {
 public:
  explicit RuleSources(std::vector<std::string> paths);

  const std::vector<std::string>& paths() const { return paths_; }
  tl::expected<std::string, Unreadable> text_of(const std::string& path) const;
  bool holds(const std::string& path) const { return read_.contains(path); }

 private:
  std::vector<std::string> paths_;
  std::map<std::string, tl::expected<std::string, std::string>> read_;
};

}  // namespace vault_mock::app
