#include "app/rule_files/rule_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <sys/stat.h>
#include <unordered_set>

#include "rules/language/rule_file.hpp"
#include "text/counted.hpp"
#include "text/embedded.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

using Likeness = PassedOver::Likeness;

// A mistake of a whole file, which has no line to show.
rules::Mistake of_whole_file(rules::Severity severity, std::string path, std::string message) {
  rules::Mistake mistake;
  mistake.severity = severity;
  mistake.file = std::move(path);
  mistake.line = 0;
  mistake.message = std::move(message);
  return mistake;
}

rules::Mistake unread(const std::string& path, const std::string& reason) {
  return of_whole_file(rules::Severity::error, path, "cannot read this rule file: " + reason);
}

rules::Mistake missing(const std::string& path) {
  auto mistake = of_whole_file(rules::Severity::error, path, "there is no such file or folder");
  mistake.suggestion = nearest_path(path);
  return mistake;
}

// What is in the folders besides rule files. What is a warning already is not listed again.
std::vector<std::string> notes_of(const FoundRules& found) {
  constexpr std::size_t kMostNames = 10;
  std::vector<std::string> notes, names;
  std::size_t others = 0, hidden = 0;
  for (const auto& passed : found.passed_over) {
    if (passed.likeness == Likeness::of_rules) continue;
    const auto name = passed.path.substr(passed.path.rfind('/') + 1);
    if (name.starts_with('.'))
      ++hidden;
    else if (names.size() < kMostNames)
      names.push_back(text::printable(passed.path));
    else
      ++others;
  }
  if (others > 0) names.push_back(text::counted(others, "other"));
  if (hidden > 0) names.push_back(text::counted(hidden, "hidden file"));
  if (!names.empty())
    notes.push_back(fmt::format("beside the rule files, not read: {}", fmt::join(names, ", ")));
  for (const auto& folder : found.empty)
    notes.push_back(
        fmt::format("{} has no rule files yet; their names end in .json or .jsonc", text::printable(folder)));
  return notes;
}

FileStamp stamp_of(const std::string& path) {
  struct stat status {};
  FileStamp stamp{.path = path};
  if (stat(path.c_str(), &status) != 0) return stamp;
  stamp.size = static_cast<std::uint64_t>(status.st_size);
  stamp.inode = status.st_ino;
#ifdef __APPLE__
  const auto& time = status.st_mtimespec;
#else
  const auto& time = status.st_mtim;
#endif
  stamp.modified = std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  return stamp;
}

// Reads files one after the other and collects their rules and mistakes.
class Loading {
 public:
  Loading(const RuleSources& sources, const rules::KnownNames& names, const std::atomic<bool>* stop)
      : sources_(sources), names_(names), stop_(stop) {}

  void read(const FoundFile& file) {
    ++loaded_.files;
    const auto text = sources_.text_of(file.path);
    if (text && text->size() <= kMostRuleBytes - bytes_) {
      bytes_ += text->size();
      add(*text, file.path);
    } else if (text) {
      fail(unread(file.path,
                  fmt::format("together with the rule files before it, it exceeds the limit of {} MB",
                              kMostRuleBytes >> 20)));
    } else if (file.named == FoundFile::Named::by_folder && text.error().kind == Unreadable::Kind::missing) {
      --loaded_.files;
      warn(file.path, "it was removed while the folder was being read");
    } else if (text.error().kind == Unreadable::Kind::missing) {
      fail(missing(file.path));
    } else {
      fail(unread(file.path, text.error().reason));
    }
  }

  void add(std::string_view text, std::string_view name) {
    auto file = rules::read_rule_file(text, name, names_, stop_);
    failed_ = failed_ || !file;
    auto& found = file ? file->warnings : file.error();
    std::ranges::move(found, std::back_inserter(mistakes_));
    if (!file) return;
    for (auto& rule : file->rules) list_.push_back(told_apart(std::move(rule)));
  }

  // Equal rules in files of one name, in different folders, are two rules.
  std::shared_ptr<const rules::Rule> told_apart(std::shared_ptr<const rules::Rule> rule) {
    if (identities_.insert(rule->identity).second) return rule;
    auto own = std::make_shared<rules::Rule>(*rule);
    while (!identities_.insert(own->identity).second) ++own->identity;
    return own;
  }

  void mention(const FoundRules& found) {
    for (const auto& folder : found.refused)
      fail(of_whole_file(rules::Severity::error, folder.path, "cannot list this folder: " + folder.reason));
    for (const auto& passed : found.passed_over)
      if (passed.likeness == Likeness::of_rules) warn(passed.path, passed.reason);
    loaded_.notes = notes_of(found);
  }

  bool stopped() const { return stop_ != nullptr && *stop_; }

  tl::expected<LoadedRules, std::vector<rules::Mistake>> end() {
    if (stopped())
      fail(of_whole_file(rules::Severity::error, "rule files", "not read, as the program is stopping"));
    if (failed_) return tl::unexpected(std::move(mistakes_));
    loaded_.first_default = list_.size();
    add(text::embedded_file("fixtures/defaults.json"), kDefaultsFile);
    loaded_.book = std::make_shared<const rules::RuleBook>(std::move(list_));
    loaded_.warnings = std::move(mistakes_);
    return std::move(loaded_);
  }

 private:
  void fail(rules::Mistake mistake) {
    failed_ = true;
    mistakes_.push_back(std::move(mistake));
  }
  void warn(const std::string& path, std::string message) {
    mistakes_.push_back(of_whole_file(rules::Severity::warning, path, std::move(message)));
  }

  const RuleSources& sources_;
  const rules::KnownNames& names_;
  const std::atomic<bool>* const stop_;
  LoadedRules loaded_;
  rules::RuleList list_;
  std::unordered_set<std::uint64_t> identities_;
  std::vector<rules::Mistake> mistakes_;
  std::size_t bytes_ = 0;
  bool failed_ = false;
};

}  // namespace

std::string nearest_path(const std::string& path) {
  constexpr int kMostLookedAt = 10'000;
  const std::filesystem::path missing(path.ends_with('/') ? path.substr(0, path.size() - 1) : path);
  std::vector<std::string> names;
  std::error_code error;
  auto entry = std::filesystem::directory_iterator(
      missing.has_parent_path() ? missing.parent_path() : std::filesystem::path("."), error);
  for (int i = 0; !error && entry != std::filesystem::directory_iterator() && i < kMostLookedAt;
       entry.increment(error), ++i)
    names.push_back(entry->path().filename().string());
  std::ranges::sort(names);
  const auto near = text::nearest(missing.filename().string(), names);
  if (!near) return "";
  const auto found = missing.parent_path() / *near;
  return found.string() + (std::filesystem::is_directory(found, error) ? "/" : "");
}

tl::expected<LoadedRules, std::vector<rules::Mistake>> load_rules(const RuleSources& sources,
                                                                  const rules::KnownNames& names,
                                                                  const std::atomic<bool>* stop) {
  const auto found = find_rules(sources.paths());
  Loading loading(sources, names, stop);
  for (const auto& file : found.files)
    if (!is_catalogue(file.path) && !loading.stopped()) loading.read(file);
  loading.mention(found);
  return loading.end();
}

Stamps stamps_of(const RuleSources& sources) {
  const auto found = find_rules(sources.paths());
  Stamps stamps;
  for (const auto& file : found.files)
    (is_catalogue(file.path) ? stamps.catalogues : stamps.read)
        .push_back(sources.holds(file.path) ? FileStamp{.path = file.path} : stamp_of(file.path));
  for (const auto& folder : found.refused) stamps.read.push_back({.path = folder.path});
  // Editors make and remove hidden files all the time.
  for (const auto& passed : found.passed_over)
    if (passed.likeness == Likeness::of_rules &&
        !passed.path.substr(passed.path.rfind('/') + 1).starts_with('.'))
      stamps.mentioned.push_back(passed.path);
  return stamps;
}

}  // namespace vault_mock::app
