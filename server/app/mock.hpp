// The whole mock without its sockets, built from options. serve() puts it behind a server; tests and
// `explain` ask it in process. It owns everything it is made of; any thread may use site() and spaces().
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "app/serve_options.hpp"
#include "site/site.hpp"

namespace vault_mock::app {

class Mock {
 public:
  // The error is a report ready to print: what is wrong with the options or the rule files.
  static tl::expected<std::unique_ptr<Mock>, std::string> create(const ServeOptions& options,
                                                                 std::shared_ptr<const site::Log> log);

  virtual ~Mock() = default;

  // Shares all spaces with other replicas, where the options name a store. `name`: of this replica, for
  // people. Waits for the store, bounded. To be called once, before it serves.
  virtual void share(const std::string& name) = 0;

  // From now on the rules follow their files. To be called once.
  virtual void watch_rules() = 0;

  // Reads the rule files again, changed or not, in the watch's thread. Any thread may ask.
  virtual void reload_rules() = 0;

  // How many clients are connected, which the server around it knows. To be called once, before it serves.
  virtual void show_connections(std::function<std::size_t()> connections) = 0;

  // Where its spaces are shared, and with how many; empty: they are not.
  virtual std::string shared_words() const = 0;

  virtual site::Site& site() = 0;
  virtual spaces::Registry& spaces() = 0;
};

}  // namespace vault_mock::app
