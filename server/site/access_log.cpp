#include "site/access_log.hpp"

#include <fmt/format.h>

#include "text/duration.hpp"
#include "text/json/json_document.hpp"
#include "text/printable.hpp"
#include "text/shortened.hpp"

namespace vault_mock::site {
namespace {

std::int64_t microseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

// Why the mock itself answers with a failure, as the answer's detail says it: keys and places, hardly a
// value. At most about 300 bytes.
std::string reason_of(const engine::Trace& trace) {
  constexpr std::size_t kMost = 300;
  return text::shortened(trace.why, kMost);
}

// A failure that a rule, a preference or a consumer id asked for is as it should be.
Log::Level level_of(const engine::Outcome& outcome) {
  if (outcome.trace.has_failed) return Log::Level::error;
  return outcome.trace.why.empty() ? Log::Level::info : Log::Level::warn;
}

std::string delay_of(const engine::Outcome& outcome) {
  return text::format_duration(std::chrono::duration_cast<std::chrono::milliseconds>(outcome.delay));
}

std::string text_line(const engine::ApiRequest& request, const engine::Outcome& outcome,
                      std::chrono::nanoseconds took) {
  const auto& trace = outcome.trace;
  std::string line = fmt::format(
      "{} {} {} {}us consumer={} by={} id={}", text::printable_word(request.method),
      text::printable_word(request.path), outcome.response.status, microseconds(took),
      text::printable_word(trace.consumer_id), text::printable_word(trace.decided_by()), trace.request_id);
  if (!trace.sent_method.empty()) line += " sent_method=" + text::printable_word(trace.sent_method);
  if (trace.space != spaces::kDefaultSpace) line += " space=" + text::printable_word(trace.space);
  if (outcome.delay.count() > 0) line += " delay=" + delay_of(outcome);
  if (const auto fault = rules::name_of(outcome.fault); !fault.empty()) line.append(" fault=").append(fault);
  if (!trace.why.empty()) line += " why=" + text::printable_json(text::quoted(reason_of(trace)));
  if (!trace.hint.empty()) line += " hint=" + text::printable_json(text::quoted(trace.hint));
  return line;
}

std::string json_line(const engine::ApiRequest& request, const engine::Outcome& outcome,
                      std::chrono::nanoseconds took) {
  const auto& trace = outcome.trace;
  nlohmann::ordered_json entry = {
      {"method", request.method}, {"path", request.path},  {"status", outcome.response.status},
      {"us", microseconds(took)}, {"space", trace.space},  {"consumer", trace.consumer_id},
      {"by", trace.decided_by()}, {"id", trace.request_id}};
  if (!trace.sent_method.empty()) entry["sent_method"] = trace.sent_method;
  if (outcome.delay.count() > 0) entry["delay"] = delay_of(outcome);
  if (const auto fault = rules::name_of(outcome.fault); !fault.empty()) entry["fault"] = fault;
  if (!trace.why.empty()) entry["why"] = reason_of(trace);
  if (!trace.hint.empty()) entry["hint"] = trace.hint;
  return text::dump(entry);
}

// "authorization: Bearer sk_t…#3f9a2c1b"
std::vector<std::string> headers_of(const engine::ApiRequest& request, const Mask& mask) {
  std::vector<std::string> lines;
  lines.reserve(request.headers.size());
  for (const auto& [name, value] : request.headers)
    lines.push_back(fmt::format("{}: {}", name, mask.shown(name, value)));
  return lines;
}

std::string content_text(const std::string& id, const std::vector<std::string>& headers,
                         std::string_view body) {
  auto text = "request " + id;
  for (const auto& line : headers) text += "\n  " + text::printable(line);
  return text += "\n  " + text::printable(body);
}

std::string content_json(const std::string& id, const std::vector<std::string>& headers,
                         std::string_view body) {
  return text::dump(
      nlohmann::ordered_json{{"event", "request"}, {"id", id}, {"headers", headers}, {"body", body}});
}

}  // namespace

void AccessLog::write(const engine::ApiRequest& request, const engine::Outcome& outcome,
                      std::chrono::nanoseconds took) const {
  using Level = Log::Level;
  if (!log_->takes(Level::error)) return;
  const auto level = level_of(outcome);
  const bool as_json = log_->format() == LogFormat::json;
  const auto& id = outcome.trace.request_id;
  if (log_->takes(level))
    log_->write(level, as_json ? json_line(request, outcome, took) : text_line(request, outcome, took));
  for (const auto& [place, advice] : outcome.trace.advice)
    log_->tell_entry(
        Level::warn,
        nlohmann::ordered_json{{"event", "advice"}, {"id", id}, {"place", place}, {"text", advice}},
        fmt::format("advice {}{}{} id={}", text::printable(place), place.empty() ? "" : ": ",
                    text::printable(advice), id));
  if (!log_->takes(Level::debug)) return;
  const auto headers = headers_of(request, mask_);
  log_->write(Level::debug,
              as_json ? content_json(id, headers, request.body) : content_text(id, headers, request.body));
}

void AccessLog::write_refusal(int status, std::string_view reason) const {
  const bool own_fault = status == 500 || status == 503;
  log_->tell_entry(own_fault ? Log::Level::error : Log::Level::warn,
                   nlohmann::ordered_json{{"event", "refused"}, {"status", status}, {"text", reason}},
                   fmt::format("refused with {}: {}", status, text::printable(reason)));
}

void AccessLog::write_fault(std::string_view failure) const {
  log_->tell(Log::Level::error, "fault", failure);
}

void AccessLog::write_bounds(std::string_view text) const { log_->tell(Log::Level::warn, "bounds", text); }

}  // namespace vault_mock::site
