#include "site/access_log.hpp"

#include <spdlog/spdlog.h>

#include "site/entry_json.hpp"
#include "text/json/json_document.hpp"
#include "text/printable.hpp"
#include "text/secret_header.hpp"
#include "text/shortened.hpp"

namespace vault_mock::site {
namespace {

std::int64_t microseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

// What the contract's checks found, as the answer says it: keys and places, no values. At most about 300
// bytes.
std::string violations_of(const engine::Trace& trace) {
  constexpr std::size_t kMost = 300;
  return text::shortened(contract::to_detail(trace.violations), kMost);
}

std::string text_line(const engine::ApiRequest& request, const engine::Outcome& outcome,
                      std::chrono::nanoseconds took) {
  const auto& trace = outcome.trace;
  std::string line = fmt::format(
      "{} {} {} {}us consumer={} by={} id={}", text::printable_word(request.method),
      text::printable_word(request.path), outcome.response.status, microseconds(took),
      text::printable_word(trace.consumer_id), text::printable_word(trace.decided_by()), trace.request_id);
  if (trace.space != spaces::kDefaultSpace) line += " space=" + text::printable_word(trace.space);
  if (!trace.violations.empty()) line += " why=" + text::printable_json(text::quoted(violations_of(trace)));
  return line;
}

nlohmann::ordered_json json_line(const engine::ApiRequest& request, const engine::Outcome& outcome,
                                 std::chrono::nanoseconds took) {
  const auto& trace = outcome.trace;
  nlohmann::ordered_json entry = {
      {"method", request.method}, {"path", request.path},  {"status", outcome.response.status},
      {"us", microseconds(took)}, {"space", trace.space},  {"consumer", trace.consumer_id},
      {"by", trace.decided_by()}, {"id", trace.request_id}};
  if (!trace.violations.empty()) entry["why"] = violations_of(trace);
  for (const auto& advice : trace.advice)
    entry["advice"].push_back({{"place", advice.place}, {"text", advice.text}});
  return entry;
}

std::string headers_of(const engine::ApiRequest& request, std::string_view mask_key) {
  std::string text;
  for (const auto& [name, value] : request.headers)
    text += fmt::format("\n  {}: {}", text::printable(name),
                        text::is_secret_header(name) ? text::printable(masked(value, mask_key))
                                                     : text::printable_word(value));
  return text;
}

}  // namespace

AccessLog::AccessLog(std::shared_ptr<spdlog::logger> logger, Format format, std::string mask_key)
    : logger_(std::move(logger)), format_(format), mask_key_(std::move(mask_key)) {}

void AccessLog::write(const engine::ApiRequest& request, const engine::Outcome& outcome,
                      std::chrono::nanoseconds took) {
  if (!logger_->should_log(spdlog::level::warn)) return;
  if (format_ == Format::json) {
    if (logger_->should_log(spdlog::level::info))
      logger_->info(text::dump(json_line(request, outcome, took)));
    return;
  }
  if (logger_->should_log(spdlog::level::info)) logger_->info(text_line(request, outcome, took));
  for (const auto& [place, advice] : outcome.trace.advice)
    logger_->warn("advice {}{}{} id={}", text::printable(place), place.empty() ? "" : ": ",
                  text::printable(advice), outcome.trace.request_id);
  if (logger_->should_log(spdlog::level::debug))
    logger_->debug("request {}{}\n  {}", outcome.trace.request_id, headers_of(request, mask_key_),
                   text::printable(request.body));
}

void AccessLog::write_refusal(int status, std::string_view reason) {
  if (format_ == Format::json)
    logger_->info(text::dump(nlohmann::ordered_json{{"status", status}, {"refused", reason}}));
  else
    logger_->info("refused with {}: {}", status, text::printable(reason));
}

void AccessLog::write_notice(std::string_view text) {
  if (format_ == Format::json)
    logger_->warn(text::dump(nlohmann::ordered_json{{"event", "bounds"}, {"text", text}}));
  else
    logger_->warn("{}", text::printable(text));
}

}  // namespace vault_mock::site
