#include "app/log/logging.hpp"

#include <optional>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "app/log/log_sink.hpp"
#include "app/log/terminal_line.hpp"
#include "app/terminal/paint.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

// Escapes what would act on a terminal in every log line, also where the caller forgot to. Line ends of a
// text are left, as reports have them; those of foreign texts were escaped before (text::printable,
// text::printable_word). `terminal`: how its lines look where the log is one for a terminal.
class PrintableFormatter final : public spdlog::formatter {
 public:
  PrintableFormatter(std::unique_ptr<spdlog::formatter> inner, site::LogFormat format,
                     std::optional<Paint> terminal)
      : inner_(std::move(inner)), format_(format), terminal_(terminal) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& to) override {
    const std::string_view text(message.payload.data(), message.payload.size());
    if (text::is_plain_ascii(text) && !terminal_) return inner_->format(message, to);
    auto safe = format_ == site::LogFormat::json ? text::printable_json(std::string(text))
                                                 : text::printable_lines(text);
    if (terminal_) safe = terminal_line(safe, *terminal_);
    auto copy = message;
    copy.payload = safe;
    inner_->format(copy, to);
    message.color_range_start = copy.color_range_start;
    message.color_range_end = copy.color_range_end;
  }

  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<PrintableFormatter>(inner_->clone(), format_, terminal_);
  }

 private:
  const std::unique_ptr<spdlog::formatter> inner_;
  const site::LogFormat format_;
  const std::optional<Paint> terminal_;
};

}  // namespace

std::shared_ptr<const site::Log> make_log(const ServeOptions& options) {
  std::shared_ptr<spdlog::sinks::sink> sink;
  const auto dropped = std::make_shared<std::atomic<std::uint64_t>>(0);
  const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
  const auto paint = paint_of_output();
  if (is_terminal)
    sink = std::make_shared<spdlog::sinks::stdout_color_sink_mt>(
        paint == Paint::colored ? spdlog::color_mode::always : spdlog::color_mode::never);
  else
    sink = std::make_shared<LogSink>(STDOUT_FILENO, options.log_format, dropped);
  auto logger = std::make_shared<spdlog::logger>("vault-mock", std::move(sink));
  logger->set_level(spdlog::level::from_str(options.log_level == "warn" ? "warning" : options.log_level));
  // JSON lines are whole documents already; their time and level come first.
  auto pattern = std::make_unique<spdlog::pattern_formatter>(
      options.log_format == site::LogFormat::json
          ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","entry":%v})"
          : "%H:%M:%S.%e %^%-5l%$ %v",
      spdlog::pattern_time_type::utc);
  const auto terminal =
      is_terminal && options.log_format == site::LogFormat::text ? std::optional(paint) : std::nullopt;
  logger->set_formatter(
      std::make_unique<PrintableFormatter>(std::move(pattern), options.log_format, terminal));
  return std::make_shared<const site::Log>(std::move(logger), options.log_format, dropped);
}

}  // namespace vault_mock::app
