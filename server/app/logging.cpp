#include "app/logging.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "app/log_sink.hpp"

namespace vault_mock::app {

std::shared_ptr<spdlog::logger> make_logger(const ServeOptions& options) {
  std::shared_ptr<spdlog::sinks::sink> sink;
  if (::isatty(STDOUT_FILENO) == 1)
    sink = std::make_shared<spdlog::sinks::stdout_color_sink_mt>();
  else
    sink = std::make_shared<LogSink>(STDOUT_FILENO, options.log_format);
  auto logger = std::make_shared<spdlog::logger>("vault-mock", std::move(sink));
  logger->set_level(spdlog::level::from_str(options.log_level == "warn" ? "warning" : options.log_level));
  // JSON lines are whole documents already; their time and level stand in front of the rest.
  logger->set_pattern(options.log_format == LogFormat::json
                          ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","entry":%v})"
                          : "%H:%M:%S.%e %^%-5l%$ %v",
                      spdlog::pattern_time_type::utc);
  return logger;
}

}  // namespace vault_mock::app
