// The whole mock without its sockets, put together from options: what serve() puts behind a listener, and
// what a test may ask in process.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "app/cli/options.hpp"
#include "site/site.hpp"

namespace vault_mock::app {

class Mock {
 public:
  // The error is ready to print: what is wrong with the options or the rule files, and what to do.
  static tl::expected<std::unique_ptr<Mock>, std::string> create(const ServeOptions& options);

  virtual ~Mock() = default;

  // From now on, until the mock ends, the rules follow their files.
  virtual void watch_rules() = 0;

  // Reads the rule files again, changed or not, from the watch's thread. Any thread may ask.
  virtual void reload_rules() = 0;

  virtual site::Site& site() = 0;
  virtual spaces::Registry& spaces() = 0;
};

}  // namespace vault_mock::app
