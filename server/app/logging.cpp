#include "app/logging.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace vault_mock::app {

std::shared_ptr<spdlog::logger> make_logger(const ServeOptions& options) {
  auto logger =
      std::make_shared<spdlog::logger>("vault-mock", std::make_shared<spdlog::sinks::stdout_color_sink_mt>());
  logger->set_level(spdlog::level::from_str(options.log_level == "warn" ? "warning" : options.log_level));
  // JSON lines are whole documents already; their time and level stand in front of the rest.
  logger->set_pattern(options.log_format == LogFormat::json
                          ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","entry":%v})"
                          : "%H:%M:%S.%e %^%-5l%$ %v",
                      spdlog::pattern_time_type::utc);
  return logger;
}

}  // namespace vault_mock::app
