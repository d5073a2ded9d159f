#include "app/rule_files/rule_watch.hpp"

#include <chrono>
#include <utility>

#include "text/contained.hpp"

namespace vault_mock::app {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{100};
constexpr int kMostLooksInVain = 10;
// Mistakes in `trouble`; `vault-mock check` lists all.
constexpr std::size_t kMostShown = 20;

}  // namespace

RuleWatch::RuleWatch(const RuleSources& sources, Stamps seen, const rules::KnownNames& names,
                     Callbacks listener)
    : sources_(sources),
      names_(names),
      listener_(std::move(listener)),
      read_(seen),
      seen_(std::move(seen)),
      thread_([this] {
        text::contained([this] { run(); }, [this](std::string_view why) { tell_of_throw(why); });
      }) {}

RuleWatch::~RuleWatch() {
  {
    const text::MutexLock lock(mutex_);
    stop_ = true;
  }
  stop_changed_.notify_all();
  thread_.join();
}

std::string RuleWatch::trouble() const {
  const text::MutexLock lock(mutex_);
  return trouble_;
}

void RuleWatch::reload() {
  const text::MutexLock lock(mutex_);
  reload_ = true;
}

bool RuleWatch::wait() {
  const text::MutexLock lock(mutex_);
  if (!stop_) stop_changed_.wait_for(mutex_, kBetweenLooks);
  return !stop_;
}

void RuleWatch::run() {
  while (wait()) text::contained([this] { look(); }, [this](std::string_view why) { tell_of_throw(why); });
}

void RuleWatch::look() {
  auto now = stamps_of(sources_);
  const bool settled = now.read == seen_.read;
  const bool all_settled = now == seen_;
  seen_ = std::move(now);
  const bool changed =
      settled && (seen_.read != read_.read || (all_settled && seen_.mentioned != read_.mentioned));
  if (all_settled && seen_.catalogues != read_.catalogues) {
    read_.catalogues = seen_.catalogues;
    listener_.catalogue_changed();
  }
  if (!is_asked(settled) && !changed) return;
  if (!settled) listener_.unsettled();
  read_.read = seen_.read;
  read_.mentioned = seen_.mentioned;
  auto loaded = load_rules(sources_, names_, &stop_);
  if (stop_) return;
  if (loaded) {
    set_trouble("");
    listener_.loaded(std::move(*loaded));
  } else {
    set_trouble(rules::format_first(loaded.error(), kMostShown));
    listener_.failed(loaded.error());
  }
}

// Whether a reload was asked for, and is due.
bool RuleWatch::is_asked(bool settled) {
  const text::MutexLock lock(mutex_);
  if (!reload_) return false;
  if (!settled && ++looks_in_vain_ < kMostLooksInVain) return false;
  looks_in_vain_ = 0;
  reload_ = false;
  return true;
}

void RuleWatch::set_trouble(std::string trouble) {
  if (!trouble.empty()) trouble.insert(0, "the old rules are still in use:\n");
  const text::MutexLock lock(mutex_);
  trouble_ = std::move(trouble);
}

// An exception that is thrown at every check is logged once.
void RuleWatch::tell_of_throw(std::string_view why) {
  const auto words = std::string("the rule files could not be read: ").append(why);
  if (trouble().ends_with(words)) return;
  set_trouble(words);
  listener_.threw(words);
}

}  // namespace vault_mock::app
