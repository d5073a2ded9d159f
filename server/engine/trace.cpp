#include "engine/trace.hpp"

#include <array>

#include "rules/why_not.hpp"
#include "text/duration.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::engine {
namespace {

constexpr std::array kStages = {Stage::preflight, Stage::operation, Stage::early_rules, Stage::authentication,
                                Stage::contract,  Stage::advice,    Stage::rules,       Stage::consumer_id,
                                Stage::prefer,    Stage::act};

std::string_view to_string(Proof proof) {
  switch (proof) {
    case Proof::none:
      return "none";
    case Proof::api_key:
      return "API key";
    case Proof::raw_api_key:
      return "API key without 'Bearer '";
    case Proof::session_token:
      return "session token";
  }
  return "";
}

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

}  // namespace

std::string_view to_string(Stage stage) {
  switch (stage) {
    case Stage::preflight:
      return "preflight";
    case Stage::operation:
      return "operation";
    case Stage::early_rules:
      return "early rules";
    case Stage::authentication:
      return "authentication";
    case Stage::contract:
      return "contract";
    case Stage::advice:
      return "advice";
    case Stage::rules:
      return "rules";
    case Stage::consumer_id:
      return "consumer id";
    case Stage::prefer:
      return "prefer";
    case Stage::act:
      return "act";
  }
  return "";
}

std::string Trace::decided_by() const {
  // A rule that passed did not decide what a check or a preference then did.
  const bool by_rule =
      decided_at == Stage::early_rules || decided_at == Stage::rules || decided_at == Stage::act;
  if (!rule.empty() && by_rule) return "rule " + rule;
  if (decided_at == Stage::act) return operation.empty() ? "routing" : operation;
  return std::string(to_string(decided_at));
}

rules::RequestView request_view_of(const spaces::Entry& entry, const nlohmann::json* body) {
  return {.operation = entry.operation,
          .method = entry.method,
          .path = entry.path,
          .consumer_id = entry.consumer_id,
          .app_id = entry.app_id,
          .api_key = entry.api_key,
          .headers = entry.headers,
          .query = entry.query,
          .body = body,
          .space = {},
          .now = {},
          .request_id = entry.id};
}

namespace {

// `book` null: it is gone, and with it what the rulings point to.
nlohmann::ordered_json rules_to_json(const Reasons& reasons, const rules::RuleBook* book,
                                     const spaces::Entry& entry) {
  if (book == nullptr) {
    if (entry.rule.empty()) return nlohmann::ordered_json::array();
    return nlohmann::ordered_json::array(
        {{{"rule", entry.rule},
          {"result",
           "matched; what became of the others is no longer kept, as the rules changed often since"}}});
  }
  const auto body = text::read_json(entry.body);
  const auto view = request_view_of(entry, body ? &body->value : nullptr);
  auto result = nlohmann::ordered_json::array();
  const auto tell = [&](const Ruling& ruling, rules::Phase phase) {
    if (!ruling.asked) return;
    const auto told = rules::why_not(*book, view, phase, ruling.verdict);
    for (const auto& [label, reason] : told.rules) result.push_back({{"rule", label}, {"result", reason}});
    if (told.omitted > 0)
      result.push_back(
          {{"rule", "…"}, {"result", std::to_string(told.omitted) + " more do not hold either"}});
    if (const auto* rule = ruling.verdict.rule)
      result.push_back({{"rule", rule->label}, {"result", rule->label == entry.rule ? "decided" : "passed"}});
  };
  tell(reasons.early, rules::Phase::before_validation);
  tell(reasons.late, rules::Phase::after_validation);
  return result;
}

}  // namespace

namespace {

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

namespace {

Reasons without_book(Reasons reasons) {
  reasons.rules = nullptr;
  return reasons;
}

}  // namespace

TraceExplanation::TraceExplanation(Reasons reasons)
    : rules_(reasons.rules), reasons_(without_book(std::move(reasons))) {}

std::size_t TraceExplanation::bytes() const {
  std::size_t bytes = sizeof *this + reasons_.space.size();
  for (const auto& violation : reasons_.violations)
    bytes +=
        sizeof violation + violation.place.size() + violation.reason.size() + violation.suggestion.size();
  for (const auto& advice : reasons_.advice)
    bytes += sizeof advice + advice.place.size() + advice.text.size();
  for (const auto* ruling : {&reasons_.early, &reasons_.late})
    for (const auto& skipped : ruling->verdict.skipped)
      bytes += sizeof skipped + skipped.name.size() + (skipped.seen ? skipped.seen->size() : 0);
  return bytes;
}

nlohmann::ordered_json TraceExplanation::to_json(const spaces::Entry& entry) const {
  nlohmann::ordered_json result = {
      {"space", reasons_.space},
      {"operation",
       entry.operation.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(entry.operation)},
      {"credential", to_string(reasons_.proof)},
      {"decided_by", entry.decided_by}};
  if (reasons_.delay.count() > 0)
    result["delay"] =
        text::format_duration(std::chrono::duration_cast<std::chrono::milliseconds>(reasons_.delay));
  if (const auto words = std::visit(FaultWords{}, reasons_.fault); !words.empty()) result["fault"] = words;
  result["steps"] = nlohmann::ordered_json::array();
  for (const auto stage : kStages) {
    const bool decided = stage == reasons_.decided_at;
    result["steps"].push_back(
        {{"step", to_string(stage)}, {"result", decided ? "decided the answer" : "passed"}});
    if (decided) break;
  }
  result["violations"] = nlohmann::ordered_json::array();
  for (const auto& violation : reasons_.violations)
    result["violations"].push_back({{"in", to_string(violation.in)},
                                    {"place", violation.place},
                                    {"reason", violation.reason},
                                    {"suggestion", violation.suggestion}});
  result["advice"] = nlohmann::ordered_json::array();
  for (const auto& advice : reasons_.advice)
    result["advice"].push_back({{"place", advice.place}, {"text", advice.text}});
  result["rules"] = rules_to_json(reasons_, rules_.lock().get(), entry);
  return result;
}

}  // namespace vault_mock::engine
