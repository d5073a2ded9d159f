#include "site/log.hpp"

#include <spdlog/spdlog.h>

#include "text/json/json_document.hpp"
#include "text/printable.hpp"

namespace vault_mock::site {
namespace {

spdlog::level::level_enum level_of(Log::Level level) {
  switch (level) {
    case Log::Level::debug:
      return spdlog::level::debug;
    case Log::Level::info:
      return spdlog::level::info;
    case Log::Level::warn:
      return spdlog::level::warn;
    case Log::Level::error:
      break;
  }
  return spdlog::level::err;
}

}  // namespace

Log::Log(std::shared_ptr<spdlog::logger> logger, LogFormat format,
         std::shared_ptr<const std::atomic<std::uint64_t>> dropped)
    : logger_(std::move(logger)), format_(format), dropped_(std::move(dropped)) {}

bool Log::takes(Level level) const { return logger_->should_log(level_of(level)); }

void Log::tell(Level level, std::string_view event, std::string_view text) const {
  if (!takes(level)) return;
  if (format_ == LogFormat::json)
    write(level, text::dump(nlohmann::ordered_json{{"event", event}, {"text", text}}));
  else
    write(level, fmt::format("{}: {}", event, text::printable(text)));
}

void Log::tell_entry(Level level, const nlohmann::ordered_json& entry, std::string_view line) const {
  if (!takes(level)) return;
  if (format_ == LogFormat::json)
    write(level, text::dump(entry));
  else
    write(level, line);
}

void Log::write(Level level, std::string_view entry) const {
  logger_->log(level_of(level), spdlog::string_view_t(entry.data(), entry.size()));
}

}  // namespace vault_mock::site
