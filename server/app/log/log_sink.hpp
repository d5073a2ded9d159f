// Writes log lines to standard output where it is a pipe, a socket or a file. If nobody reads the log, lines
// are dropped and counted, so that requests wait at most 100 ms for a reader that has just stopped, and not
// at all after that. The first line that is written again says how many were dropped. spdlog calls it under
// its lock.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <spdlog/sinks/base_sink.h>

#include "site/log.hpp"

namespace vault_mock::app {

class LogSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  // Writes to `descriptor`, which the caller owns and keeps open. `dropped` counts the lines that were.
  LogSink(int descriptor, site::LogFormat format, std::shared_ptr<std::atomic<std::uint64_t>> dropped)
      : descriptor_(descriptor), format_(format), dropped_(std::move(dropped)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override {}  // nothing is buffered

 private:
  enum class Written { whole, part, nothing };
  Written write(const spdlog::details::log_msg& message);
  bool has_room();
  void tell_of_lost(const spdlog::details::log_msg& next);

  const int descriptor_;
  const site::LogFormat format_;
  const std::shared_ptr<std::atomic<std::uint64_t>> dropped_;
  bool stalled_ = false;    // nobody read the last line: do not wait for the next
  bool in_a_line_ = false;  // the last line was cut off
  std::uint64_t lost_ = 0;  // since it was told last
};

}  // namespace vault_mock::app
