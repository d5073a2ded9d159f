#include "site/admin/match_result.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "engine/explanation.hpp"

namespace vault_mock::site {
namespace {

// Condition::holds for a request of which the body is not known: what is wanted of it holds or fails as
// `undecided` says.
bool holds_without_body(const rules::Condition& condition, const rules::RequestView& view,
                        rules::Undecided undecided) {
  const auto holds = [&](const rules::Condition& one) { return holds_without_body(one, view, undecided); };
  return std::ranges::all_of(condition.parts(), [&](const rules::Condition::Part& part) {
    if (const auto* any = std::get_if<rules::Condition::Any>(&part))
      return std::ranges::any_of(any->of, holds);
    if (const auto* all = std::get_if<rules::Condition::All>(&part))
      return std::ranges::all_of(all->of, holds);
    if (const auto* none = std::get_if<rules::Condition::Not>(&part))
      return !holds_without_body(none->of.front(), view, !undecided);
    const auto& test = std::get<rules::Condition::FieldTest>(part);
    if (test.field.place == rules::RequestField::Place::body) return undecided == rules::Undecided::holds;
    return rules::Condition::holds(part, view, undecided);
  });
}

MatchResult match_cut(const std::shared_ptr<const spaces::Entry>& entry, const rules::Condition& condition) {
  const auto view = engine::request_view_of(*entry, nullptr);
  if (holds_without_body(condition, view, rules::Undecided::fails))
    return {.entry = entry, .differences = {}};
  const bool cut = holds_without_body(condition, view, rules::Undecided::holds);
  return {.entry = entry,
          .differences =
              cut ? std::vector<std::string>{"its body is not kept whole"} : condition.differences(view),
          .cut = cut};
}

}  // namespace

MatchResult match(const std::shared_ptr<const spaces::Entry>& entry, const rules::Condition& condition) {
  if (entry->body_cut > 0) return match_cut(entry, condition);
  const auto body = engine::body_of(*entry);
  const auto view = engine::request_view_of(*entry, body ? &*body : nullptr);
  const bool holds = condition.holds(view);
  return {.entry = entry,
          .differences = holds ? std::vector<std::string>() : condition.differences(view),
          .undecided = holds != condition.holds(view, rules::Undecided::holds)};
}

std::string line_of(const spaces::Entry& entry) {
  return fmt::format("{} {} of consumer '{}' answered {}", entry.method, entry.path, entry.consumer_id,
                     entry.status);
}

std::string line_of(const MatchResult& result) {
  auto line = line_of(*result.entry);
  for (const auto& difference : result.differences) line += "; " + difference;
  return line;
}

nlohmann::ordered_json to_json(const MatchResult& result) {
  const auto holds = result.holds();
  return {{"would_match", holds ? nlohmann::ordered_json(*holds) : nlohmann::ordered_json()},
          {"differences", result.differences}};
}

}  // namespace vault_mock::site
