#include "engine/explanation.hpp"

#include "engine/sentence.hpp"
#include "engine/trace_codec.hpp"
#include "rules/why_not.hpp"
#include "text/duration.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::engine {
namespace {

std::string_view to_string(contract::Violation::In in) {
  switch (in) {
    case contract::Violation::In::header:
      return "header";
    case contract::Violation::In::query:
      return "query";
    case contract::Violation::In::body:
      return "body";
  }
  return "";
}

// Of a rule whose condition held, where the rule itself is not at hand.
std::string_view to_string(rules::Skipped::Why why) {
  switch (why) {
    case rules::Skipped::Why::off:
      return "it is switched off";
    case rules::Skipped::Why::ended:
      return "it had ended";
    case rules::Skipped::Why::state:
      return "a state differed";
    case rules::Skipped::Why::times:
      return "it had already matched as often as it may";
    case rules::Skipped::Why::probability:
      return "it was not drawn";
  }
  return "";
}

struct FaultWords {
  std::string operator()(const std::monostate&) const { return ""; }
  std::string operator()(const rules::Reset&) const { return "the connection is reset, no answer is sent"; }
  std::string operator()(const rules::Close&) const { return "the connection is closed, no answer is sent"; }
  std::string operator()(const rules::Truncate&) const {
    return "half of the body is sent, then the connection is closed";
  }
  std::string operator()(const rules::Malformed&) const { return "the body is broken JSON"; }
  std::string operator()(const rules::Drip& drip) const {
    return "the body comes " + std::to_string(drip.chunk) + " bytes at a time, " +
           text::format_duration(drip.gap) + " apart";
  }
  std::string operator()(const rules::Hang& hang) const {
    return "no answer is sent, the connection is closed after " + text::format_duration(hang.limit);
  }
};

}  // namespace

std::optional<nlohmann::json> body_of(const spaces::Entry& entry) {
  if (!entry.coding_error.empty()) return std::nullopt;
  auto document = text::read_json(entry.body);
  return document ? std::optional(std::move(document->value)) : std::nullopt;
}

rules::RequestView request_view_of(const spaces::Entry& entry, const nlohmann::json* body) {
  return {.operation = entry.operation,
          .method = entry.method,
          .path = entry.path,
          .consumer_id = entry.consumer_id,
          .app_id = entry.app_id,
          .api_key = entry.credential,
          .headers = entry.headers,
          .query = entry.query,
          .body = body,
          .space = {},
          .now = {},
          .request_id = entry.id};
}

std::string words_of(const rules::Fault& fault) { return std::visit(FaultWords{}, fault); }

std::string TraceExplanation::sentence(const spaces::Entry& entry) const {
  return sentence_of(trace_, entry);
}

TraceExplanation::TraceExplanation(RecordedTrace trace, const Book& book)
    : trace_(std::move(trace)), book_(book), had_book_(book != nullptr) {}

std::string TraceExplanation::data() const { return write_trace(trace_); }

std::shared_ptr<const spaces::Explanation> read_explanation(
    std::string_view data, const std::shared_ptr<const rules::RuleBook>& book) {
  auto trace = read_trace(data);
  if (!trace) return nullptr;
  const bool is_asked = book && book->fingerprint() == trace->book;
  return std::make_shared<TraceExplanation>(std::move(*trace), is_asked ? book : nullptr);
}

std::size_t TraceExplanation::bytes() const {
  std::size_t bytes = sizeof *this + trace_.space.size() + trace_.hint.size() + trace_.sent_method.size();
  for (const auto& violation : trace_.violations)
    bytes +=
        sizeof violation + violation.place.size() + violation.reason.size() + violation.suggestion.size();
  for (const auto& advice : trace_.advice) bytes += sizeof advice + advice.place.size() + advice.text.size();
  for (const auto* phase_result : {&trace_.early, &trace_.late}) {
    const auto& verdict = phase_result->verdict;
    if (verdict.rule) bytes += verdict.rule->label.size();
    for (const auto& skip : verdict.skipped)
      bytes += sizeof skip + skip.rule.label.size() + skip.name.size() + (skip.seen ? skip.seen->size() : 0);
  }
  return bytes;
}

nlohmann::ordered_json TraceExplanation::rules_to_json(const spaces::Entry& entry) const {
  const auto book = book_.lock();
  auto result = nlohmann::ordered_json::array();
  const auto add = [&](std::string_view label, std::string_view words) {
    result.push_back({{"rule", label}, {"result", words}});
  };
  if (!book && had_book_) {
    if (!entry.rule.empty())
      add(entry.rule,
          "matched; what became of the others is no longer kept, as the rules changed often since");
    return result;
  }
  const auto body = body_of(entry);
  const auto view = request_view_of(entry, body ? &*body : nullptr);
  const auto tell = [&](const PhaseResult& phase_result, rules::Phase phase, Step step) {
    if (!phase_result.asked) return;
    const auto& verdict = phase_result.verdict;
    if (book) {
      const auto told = rules::why_not(*book, view, phase, verdict);
      for (const auto& [label, reason] : told.rules) add(label, reason);
      if (told.omitted > 0) add("…", std::to_string(told.omitted) + " more do not hold either");
    } else {
      for (const auto& skip : verdict.skipped) add(skip.rule.label, to_string(skip.why));
    }
    if (verdict.rule) add(verdict.rule->label, trace_.decided_at == step ? "decided" : "passed");
  };
  tell(trace_.early, rules::Phase::before_validation, Step::early_rules);
  tell(trace_.late, rules::Phase::after_validation, Step::rules);
  if (!book)
    add("…", "what became of the others is not known here: the request met other rules than those of now");
  return result;
}

nlohmann::ordered_json TraceExplanation::to_json(const spaces::Entry& entry) const {
  nlohmann::ordered_json result = {
      {"space", trace_.space},
      {"operation",
       entry.operation.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(entry.operation)},
      {"credential", to_string(trace_.credential_kind)},
      {"decided_by", entry.decided_by}};
  if (!trace_.sent_method.empty()) result["sent_method"] = trace_.sent_method;
  if (trace_.delay.count() > 0)
    result["delay"] =
        text::format_duration(std::chrono::duration_cast<std::chrono::milliseconds>(trace_.delay));
  if (const auto words = words_of(trace_.fault); !words.empty()) result["fault"] = words;
  if (!trace_.hint.empty()) result["hint"] = trace_.hint;
  result["steps"] = nlohmann::ordered_json::array();
  for (int i = 0; i < kStepCount; ++i) {
    const auto step = static_cast<Step>(i);
    const bool decided = step == trace_.decided_at;
    const bool skipped = trace_.skipped.test(static_cast<std::size_t>(i));
    result["steps"].push_back({{"step", to_string(step)},
                               {"result", decided   ? "decided the answer"
                                          : skipped ? "did not run"
                                                    : "passed"}});
    if (decided) break;
  }
  result["violations"] = nlohmann::ordered_json::array();
  for (const auto& violation : trace_.violations)
    result["violations"].push_back({{"in", to_string(violation.in)},
                                    {"place", violation.place},
                                    {"reason", violation.reason},
                                    {"suggestion", violation.suggestion}});
  result["advice"] = nlohmann::ordered_json::array();
  for (const auto& advice : trace_.advice)
    result["advice"].push_back({{"place", advice.place}, {"text", advice.text}});
  result["rules"] = rules_to_json(entry);
  return result;
}

}  // namespace vault_mock::engine
