// The real program in a process of its own, on a port of the system's choice.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <sys/types.h>
#include <tl/expected.hpp>

namespace vault_mock::support {

class Program {
 public:
  // Returns when it can be asked. `folder` is its own, for the ready file and what it says. The error has its
  // output.
  static tl::expected<std::unique_ptr<Program>, std::string> start(const std::string& path,
                                                                   std::span<const std::string> options,
                                                                   const std::filesystem::path& folder);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();  // kills it, unless stop() was called

  std::uint16_t port() const { return port_; }

  // Asks it to end as a supervisor would (SIGTERM). The error: it did not end in time, or not with exit code
  // 0.
  tl::expected<void, std::string> stop();

 private:
  Program(pid_t pid, std::filesystem::path folder) : pid_(pid), folder_(std::move(folder)) {}
  tl::expected<void, std::string> wait_until_ready();
  bool has_ended(int& status);
  std::string output() const;

  pid_t pid_;
  const std::filesystem::path folder_;
  std::uint16_t port_ = 0;
};

}  // namespace vault_mock::support
