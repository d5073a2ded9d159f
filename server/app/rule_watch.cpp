#include "app/rule_watch.hpp"

#include <chrono>
#include <utility>

namespace vault_mock::app {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{100};

}  // namespace

RuleWatch::RuleWatch(std::vector<std::string> paths, std::vector<FileStamp> seen,
                     const rules::Vocabulary& vocabulary, Listener listener)
    : paths_(std::move(paths)),
      vocabulary_(vocabulary),
      listener_(std::move(listener)),
      read_(seen),
      seen_(std::move(seen)),
      thread_([this] { run(); }) {}

RuleWatch::~RuleWatch() {
  {
    const spaces::MutexLock lock(mutex_);
    stop_ = true;
  }
  stop_changed_.notify_all();
  thread_.join();
}

std::string RuleWatch::trouble() const {
  const spaces::MutexLock lock(mutex_);
  return trouble_;
}

void RuleWatch::run() {
  while (true) {
    {
      const spaces::MutexLock lock(mutex_);
      if (!stop_) stop_changed_.wait_for(mutex_, kBetweenLooks);
      if (stop_) return;
    }
    look();
  }
}

void RuleWatch::look() {
  auto now = stamps_of(paths_);
  const bool settled = now == seen_;
  seen_ = std::move(now);
  if (!settled || seen_ == read_) return;
  read_ = seen_;
  auto loaded = load_rules(paths_, vocabulary_);
  {
    const spaces::MutexLock lock(mutex_);
    trouble_ = loaded ? std::string() : "the old rules are still in use:\n" + rules::format(loaded.error());
  }
  if (loaded) {
    listener_.loaded(std::move(*loaded));
  } else {
    listener_.failed(loaded.error());
  }
}

}  // namespace vault_mock::app
