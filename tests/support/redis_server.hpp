// A real redis-server in a process of its own, on a port of 127.0.0.1 that was free, which keeps nothing on
// disk. For tests that a machine without it skips.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <sys/types.h>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace vault_mock::support {

class RedisServer {
 public:
  static bool is_installed();

  // Returns when it takes connections. `folder` is its own, for what it says; `options` are those of its
  // command line ("--requirepass", "x"). With `over_tls` all connections are. The error has its output.
  static tl::expected<std::unique_ptr<RedisServer>, std::string> start(std::string folder,
                                                                       std::vector<std::string> options = {},
                                                                       bool over_tls = false);
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;
  ~RedisServer();

  std::uint16_t port() const { return port_; }

  void pause() const;  // SIGSTOP: connections are accepted for it, and it says nothing
  void go_on() const;  // SIGCONT
  void end();          // SIGKILL
  tl::expected<void, std::string> start_again();  // on the same port, without what it had

 private:
  RedisServer(std::string folder, std::vector<std::string> options, bool over_tls)
      : folder_(std::move(folder)), options_(std::move(options)), over_tls_(over_tls) {}
  tl::expected<void, std::string> wait_until_ready();
  std::string output() const;

  const std::string folder_;
  const std::vector<std::string> options_;
  const bool over_tls_;
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
};

std::uint16_t free_port();  // of 127.0.0.1; a moment ago

}  // namespace vault_mock::support
