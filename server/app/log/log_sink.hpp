// Where log lines go that no terminal shows: standard output as a pipe, a socket or a file, read by somebody
// or not. A test that starts the program with a pipe and never reads it, or a stopped reader, must not stop
// the answers: lines that nobody takes are dropped, and counted in the first line that is taken again.
#pragma once

#include <cstdint>
#include <mutex>
#include <spdlog/sinks/base_sink.h>

#include "app/cli/options.hpp"

namespace vault_mock::app {

class LogSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  // Writes to `descriptor`, which stays the caller's.
  LogSink(int descriptor, LogFormat format) : descriptor_(descriptor), format_(format) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override;
  void flush_() override {}  // nothing is held back

 private:
  enum class Written { whole, part, nothing };
  Written write(const spdlog::details::log_msg& message);
  bool has_room();
  void tell_of_lost(const spdlog::details::log_msg& next);

  const int descriptor_;
  const LogFormat format_;
  bool stalled_ = false;    // nobody was reading when the last line came: the next is not waited for
  bool in_a_line_ = false;  // the last line was cut off
  std::uint64_t lost_ = 0;
};

}  // namespace vault_mock::app
