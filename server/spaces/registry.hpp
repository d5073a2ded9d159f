// All spaces of the process by name. A space is made when it is first asked for.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "spaces/space.hpp"

namespace vault_mock::spaces {

// Bounded: of more than `most_spaces` named ones the longest unused goes, never one that somebody holds.
// Threads: every method may be called by any.
class Registry {
 public:
  Registry(Beginning beginning, std::size_t most_spaces);

  // The space of that name. The caller's hold keeps it alive, whatever becomes of it here.
  std::shared_ptr<Space> get(std::string_view name);
  const std::shared_ptr<Space>& default_space() const { return default_; }

  // The named ones, by name; the default space is not among them.
  std::vector<std::shared_ptr<Space>> named() const;
  bool remove(std::string_view name);  // false: there is none of that name

  // What spaces start with from now on, and what those that are there use from their next request on.
  void set_rules(const std::shared_ptr<const rules::RuleBook>& rules);
  std::shared_ptr<const rules::RuleBook> rules() const;

 private:
  void drop_longest_unused() REQUIRES(mutex_);

  const std::shared_ptr<Space> default_;
  const std::size_t most_spaces_;

  mutable Mutex mutex_;  // protects the following
  Beginning beginning_ GUARDED_BY(mutex_);
  std::map<std::string, std::shared_ptr<Space>, std::less<>> named_ GUARDED_BY(mutex_);
  std::uint64_t uses_ GUARDED_BY(mutex_) = 0;
};

// 1 to 100 letters, digits and . _ - :
bool is_space_name(std::string_view name);

}  // namespace vault_mock::spaces
