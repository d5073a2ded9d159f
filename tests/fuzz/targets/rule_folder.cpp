// A folder given as rules, with files of every kind in it. Each line of the input makes one: its kind, its
// name up to a blank, its content.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

#include "app/rule_files/catalogue_file.hpp"
#include "app/rule_files/rule_files.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "support/known_names.hpp"
#include "text/printable.hpp"

namespace vault_mock::fuzz {
namespace {

using support::known_names;
namespace fs = std::filesystem;

constexpr std::size_t kMostEntries = 24;

// Made for one input, and gone with it.
class Folder {
 public:
  Folder() {
    std::error_code error;
    const fs::path memory = "/dev/shm";
    auto name = ((fs::is_directory(memory, error) ? memory : fs::temp_directory_path()) / "vault-mock-XXXXXX")
                    .string();
    require(::mkdtemp(name.data()) != nullptr, "there is room for a folder");
    path_ = name;
  }
  ~Folder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const fs::path& path() const { return path_; }

  void add(char kind, std::string_view name, std::string_view content) const {
    const auto path = path_ / name;
    std::error_code error;
    if (fs::exists(fs::symlink_status(path, error))) return;
    switch (kind) {
      case 'd':
        fs::create_directory(path, error);
        std::ofstream(path / "inner.json") << content;
        return;
      case 'p':
        ::mkfifo(path.c_str(), 0600);
        return;
      case 'l':  // to itself, to nothing, to a file or folder of here
        if (content.find('\0') == content.npos && !content.ends_with(".."))
          fs::create_symlink(fs::path(content).filename(), path, error);
        return;
      case 'z':
        fs::create_symlink("/dev/zero", path, error);
        return;
      case 'h':  // huge, and takes no room
        std::ofstream(path) << content;
        fs::resize_file(path, std::uintmax_t{1} << 32, error);
        return;
      case 'u':  // unreadable, but for root
        std::ofstream(path) << content;
        fs::permissions(path, fs::perms::none, error);
        return;
      default:
        std::ofstream(path, std::ios::binary) << content;
    }
  }

 private:
  fs::path path_;
};

void fill(const Folder& folder, std::string_view bytes) {
  for (std::size_t made = 0; !bytes.empty() && made < kMostEntries; ++made) {
    const auto line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
    if (line.size() < 2) continue;
    const auto blank = std::min(line.find(' '), line.size());
    const auto name = line.substr(1, blank - std::min<std::size_t>(blank, 1));
    if (name.empty() || name.size() > 200 || name == "." || name == ".." ||
        name.find_first_of(std::string_view("/\0", 2)) != name.npos)
      continue;
    folder.add(line[0], name, line.substr(std::min(blank + 1, line.size())));
  }
}

bool is_said(const std::vector<rules::Mistake>& mistakes, const std::string& path) {
  return std::ranges::any_of(mistakes, [&](const auto& mistake) { return mistake.file == path; });
}

void check_shown(const std::vector<rules::Mistake>& mistakes) {
  const auto shown = rules::format(mistakes);
  require(text::printable_lines(shown) == shown, "what is shown acts on no terminal: " + shown);
}

}  // namespace

void read_rule_folder(std::string_view bytes) {
  const Folder folder;
  fill(folder, bytes);
  const std::vector<std::string> paths = {folder.path().string()};
  std::set<std::string> there, listed;
  for (const auto& entry : fs::directory_iterator(folder.path())) there.insert(entry.path().string());

  const auto found = app::find_rules(paths);
  for (const auto& file : found.files) listed.insert(file.path);
  for (const auto& passed : found.passed_over)
    if (passed.path != paths.front()) listed.insert(passed.path);
  require(listed == there, "all that lies in the folder is read or mentioned");

  const app::RuleSources sources(paths);
  require(app::stamps_of(sources) == app::stamps_of(sources), "a folder at rest looks the same twice");
  const auto loaded = app::load_rules(sources, known_names());
  const auto& mistakes = loaded ? loaded->warnings : loaded.error();
  check_shown(mistakes);
  for (const auto& passed : found.passed_over)
    if (passed.likeness == app::PassedOver::Likeness::of_rules)
      require(is_said(mistakes, passed.path), "what may be meant as rules is said: " + passed.path);
  for (const auto& file : found.files) {
    std::error_code error;
    if (!app::is_catalogue(file.path) && !fs::is_regular_file(file.path, error))
      require(is_said(mistakes, file.path), "a rule file that is no file is said: " + file.path);
  }
  const auto connectors = app::load_connectors(sources);
  if (!connectors) check_shown(connectors.error());

  // Each named on the command line: what is a pipe may be read then, and nobody writes to it.
  const app::RuleSources each(std::vector<std::string>(there.begin(), there.end()));
  const auto by_name = app::load_rules(each, known_names());
  check_shown(by_name ? by_name->warnings : by_name.error());
}

}  // namespace vault_mock::fuzz
