// The program's log: one for all of it, so that no two lines mix. As text an entry is a line (a report may
// have several), as JSON one document.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace spdlog {
class logger;
}

namespace vault_mock::site {

enum class LogFormat { text, json };

// Immutable. Threads: any may write at once. app/log/ makes it, with where it goes and its lowest level.
class Log {
 public:
  enum class Level { debug, info, warn, error };

  // `dropped` counts the lines that were not written as nobody read them; null: all are.
  Log(std::shared_ptr<spdlog::logger> logger, LogFormat format,
      std::shared_ptr<const std::atomic<std::uint64_t>> dropped = nullptr);

  LogFormat format() const { return format_; }
  std::uint64_t lines_dropped() const { return dropped_ ? dropped_->load() : 0; }
  // Whether an entry of that level is written.
  bool takes(Level level) const;

  // "EVENT: TEXT", or {"event": EVENT, "text": TEXT}. What acts on a terminal is escaped.
  void tell(Level level, std::string_view event, std::string_view text) const;
  // An entry of another shape: the one of the two that fits the format. `line` must be printable already.
  void tell_entry(Level level, const nlohmann::ordered_json& entry, std::string_view line) const;
  // An entry in the format that the caller asked for: a printable line, or the text of a JSON document.
  void write(Level level, std::string_view entry) const;

 private:
  const std::shared_ptr<spdlog::logger> logger_;
  const LogFormat format_;
  const std::shared_ptr<const std::atomic<std::uint64_t>> dropped_;
};

}  // namespace vault_mock::site
