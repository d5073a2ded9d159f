// Follows the rule files: a saved file is in use within a second; a broken one changes nothing.
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

// Checks the files ten times a second, in a thread of its own, and reads them when they have changed and were
// then unchanged for one check, so that a file that is being written is not read half way. It polls because
// folders mounted into containers report no events. No error ends the watch.
class RuleWatch {
 public:
  // Called in the watch's thread, one call at a time.
  struct Callbacks {
    std::function<void(LoadedRules)> loaded;
    std::function<void(const std::vector<rules::Mistake>&)> failed;
    std::function<void(std::string_view)> threw;  // an internal error; the watch goes on
    std::function<void()> catalogue_changed;      // which is read at the start alone
    std::function<void()>
        unsettled;  // a reload was asked for, and it reads the files although they still change
  };

  // `seen` are the stamps from before the files were first read. `sources` and `names` must outlive the
  // watch. The destructor stops the thread and waits for it.
  RuleWatch(const RuleSources& sources, Stamps seen, const rules::KnownNames& names, Callbacks listener);
  ~RuleWatch();
  RuleWatch(const RuleWatch&) = delete;
  RuleWatch& operator=(const RuleWatch&) = delete;

  // Why the rules in use are not those of the files as they are now; empty when they are. Any thread may
  // ask.
  std::string trouble() const;

  // Reads the files again, changed or not: at the next check, or up to a second later while they still
  // change. Any thread may ask.
  void reload();

 private:
  bool wait();  // until the next check is due; false: the watch is stopped
  void run();
  void look();
  bool is_asked(bool settled);
  void set_trouble(std::string trouble);
  void tell_of_throw(std::string_view why);

  const RuleSources& sources_;
  const rules::KnownNames& names_;
  const Callbacks listener_;
  // The watch's thread only:
  Stamps read_, seen_;
  int looks_in_vain_ = 0;  // since a reload was asked for

  std::atomic<bool> stop_{false};  // a load checks it as well

  mutable text::Mutex mutex_;  // protects the following
  std::condition_variable_any stop_changed_;
  bool reload_ GUARDED_BY(mutex_) = false;
  std::string trouble_ GUARDED_BY(mutex_);

  std::thread thread_;
};

}  // namespace vault_mock::app
