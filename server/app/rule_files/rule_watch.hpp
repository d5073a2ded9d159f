// Keeps the rules as the files have them: a saved file is live within a second, a broken one changes nothing.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "app/rule_files/rule_files.hpp"
#include "text/mutex.hpp"

namespace vault_mock::app {

// Looks at the files ten times a second, from a thread of its own, and reads them when they have changed and
// then stayed the same for one look: a file that is being written is not read half way. What lies beside them
// may come and go. Polling, as mounted folders of containers tell no events. Whatever becomes of a file
// meanwhile, the watch goes on.
class RuleWatch {
 public:
  // Called from the watch's thread, one call at a time.
  struct Listener {
    std::function<void(LoadedRules)> loaded;
    std::function<void(const std::vector<rules::Mistake>&)> failed;
    std::function<void(std::string_view)> threw;  // a fault of the program's own: the watch goes on
    std::function<void()> unsettled;  // asked to reload, it reads the files although they still change
  };

  // `seen` is how the files looked before they were read for the first time. Sources and vocabulary outlive
  // the watch.
  RuleWatch(const RuleSources& sources, Stamps seen, const rules::Vocabulary& vocabulary, Listener listener);
  ~RuleWatch();
  RuleWatch(const RuleWatch&) = delete;
  RuleWatch& operator=(const RuleWatch&) = delete;

  // Why the files as they are now are not the rules that are used; empty when they are. Any thread may ask.
  std::string trouble() const;

  // Reads the files, changed or not: at the next look, or a second later where they still change then. Any
  // thread may ask.
  void reload();

 private:
  bool wait();  // for the next look; false: for the end
  void run();
  void look();
  bool is_asked(bool settled);
  void set_trouble(std::string trouble);
  void tell_of_throw(std::string_view why);

  const RuleSources& sources_;
  const rules::Vocabulary& vocabulary_;
  const Listener listener_;
  // The watch's thread only:
  Stamps read_, seen_;
  int looks_in_vain_ = 0;  // since a reload was asked for

  std::atomic<bool> stop_{false};  // a load looks at it, too

  mutable text::Mutex mutex_;  // protects the following
  std::condition_variable_any stop_changed_;
  bool reload_ GUARDED_BY(mutex_) = false;
  std::string trouble_ GUARDED_BY(mutex_);

  std::thread thread_;
};

}  // namespace vault_mock::app
