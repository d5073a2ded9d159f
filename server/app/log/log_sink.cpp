#include "app/log/log_sink.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <fmt/format.h>
#include <poll.h>
#include <string_view>
#include <unistd.h>

namespace vault_mock::app {
namespace {

// How long a log line waits for a slow reader, and with it the answer that it belongs to.
constexpr std::chrono::milliseconds kPatience{100};

}  // namespace

void LogSink::sink_it_(const spdlog::details::log_msg& message) {
  if (lost_ > 0) tell_of_lost(message);
  if (lost_ == 0 && write(message) != Written::nothing) return;
  ++lost_;
  dropped_->fetch_add(1, std::memory_order_relaxed);
}

void LogSink::tell_of_lost(const spdlog::details::log_msg& next) {
  const auto text = format_ == site::LogFormat::json
                        ? fmt::format(R"({{"event":"lost","lost_lines":{}}})", lost_)
                        : fmt::format("log lines dropped because nobody read them: {}", lost_);
  if (write({next.time, {}, next.logger_name, spdlog::level::warn, text}) == Written::whole) lost_ = 0;
}

// A pipe that can be written to has room for PIPE_BUF bytes: pieces of that size never block.
auto LogSink::write(const spdlog::details::log_msg& message) -> Written {
  if (in_a_line_ && has_room()) in_a_line_ = ::write(descriptor_, "\n", 1) != 1;
  if (in_a_line_) return Written::nothing;
  spdlog::memory_buf_t formatted;
  formatter_->format(message, formatted);
  std::string_view line(formatted.data(), formatted.size());
  while (!line.empty()) {
    if (!has_room()) break;
    const auto count = ::write(descriptor_, line.data(), std::min<std::size_t>(line.size(), PIPE_BUF));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) break;
    line.remove_prefix(static_cast<std::size_t>(count));
  }
  if (line.empty()) return Written::whole;
  in_a_line_ = line.size() < formatted.size();
  return in_a_line_ ? Written::part : Written::nothing;
}

bool LogSink::has_room() {
  pollfd wanted{.fd = descriptor_, .events = POLLOUT, .revents = 0};
  const auto patience = stalled_ ? 0 : static_cast<int>(kPatience.count());
  stalled_ = ::poll(&wanted, 1, patience) != 1;
  return !stalled_;
}

}  // namespace vault_mock::app
