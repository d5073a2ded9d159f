#include "engine/explanation.hpp"

#include "engine/sentence.hpp"
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

// `book` null: it is gone, and with it what the results point to.
nlohmann::ordered_json rules_to_json(const TraceFacts& facts, const rules::RuleBook* book,
                                     const spaces::Entry& entry) {
  if (book == nullptr) {
    if (entry.rule.empty()) return nlohmann::ordered_json::array();
    return nlohmann::ordered_json::array(
        {{{"rule", entry.rule},
          {"result",
           "matched; what became of the others is no longer kept, as the rules changed often since"}}});
  }
  const auto body = body_of(entry);
  const auto view = request_view_of(entry, body ? &*body : nullptr);
  auto result = nlohmann::ordered_json::array();
  const auto tell = [&](const PhaseResult& phase_result, rules::Phase phase, Step step) {
    if (!phase_result.asked) return;
    const auto told = rules::why_not(*book, view, phase, phase_result.verdict);
    for (const auto& [label, reason] : told.rules) result.push_back({{"rule", label}, {"result", reason}});
    if (told.omitted > 0)
      result.push_back(
          {{"rule", "…"}, {"result", std::to_string(told.omitted) + " more do not hold either"}});
    if (const auto* rule = phase_result.verdict.rule)
      result.push_back({{"rule", rule->label}, {"result", facts.decided_at == step ? "decided" : "passed"}});
  };
  tell(facts.early, rules::Phase::before_validation, Step::early_rules);
  tell(facts.late, rules::Phase::after_validation, Step::rules);
  return result;
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

TraceFacts without_book(TraceFacts facts) {
  facts.rules = nullptr;
  return facts;
}

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
  return sentence_of(facts_, entry);
}

TraceExplanation::TraceExplanation(TraceFacts facts)
    : rules_(facts.rules), facts_(without_book(std::move(facts))) {}

std::size_t TraceExplanation::bytes() const {
  std::size_t bytes = sizeof *this + facts_.space.size() + facts_.hint.size() + facts_.sent_method.size();
  for (const auto& violation : facts_.violations)
    bytes +=
        sizeof violation + violation.place.size() + violation.reason.size() + violation.suggestion.size();
  for (const auto& advice : facts_.advice) bytes += sizeof advice + advice.place.size() + advice.text.size();
  for (const auto* phase_result : {&facts_.early, &facts_.late})
    for (const auto& skipped : phase_result->verdict.skipped)
      bytes += sizeof skipped + skipped.name.size() + (skipped.seen ? skipped.seen->size() : 0);
  return bytes;
}

nlohmann::ordered_json TraceExplanation::to_json(const spaces::Entry& entry) const {
  nlohmann::ordered_json result = {
      {"space", facts_.space},
      {"operation",
       entry.operation.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(entry.operation)},
      {"credential", to_string(facts_.credential_kind)},
      {"decided_by", entry.decided_by}};
  if (!facts_.sent_method.empty()) result["sent_method"] = facts_.sent_method;
  if (facts_.delay.count() > 0)
    result["delay"] =
        text::format_duration(std::chrono::duration_cast<std::chrono::milliseconds>(facts_.delay));
  if (const auto words = words_of(facts_.fault); !words.empty()) result["fault"] = words;
  if (!facts_.hint.empty()) result["hint"] = facts_.hint;
  result["steps"] = nlohmann::ordered_json::array();
  for (int i = 0; i < kStepCount; ++i) {
    const auto step = static_cast<Step>(i);
    const bool decided = step == facts_.decided_at;
    const bool skipped = facts_.skipped.test(static_cast<std::size_t>(i));
    result["steps"].push_back({{"step", to_string(step)},
                               {"result", decided   ? "decided the answer"
                                          : skipped ? "did not run"
                                                    : "passed"}});
    if (decided) break;
  }
  result["violations"] = nlohmann::ordered_json::array();
  for (const auto& violation : facts_.violations)
    result["violations"].push_back({{"in", to_string(violation.in)},
                                    {"place", violation.place},
                                    {"reason", violation.reason},
                                    {"suggestion", violation.suggestion}});
  result["advice"] = nlohmann::ordered_json::array();
  for (const auto& advice : facts_.advice)
    result["advice"].push_back({{"place", advice.place}, {"text", advice.text}});
  result["rules"] = rules_to_json(facts_, rules_.lock().get(), entry);
  return result;
}

}  // namespace vault_mock::engine
