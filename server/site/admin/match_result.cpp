#include "site/admin/match_result.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "engine/explanation.hpp"
#include "text/overloaded.hpp"
#include "text/work.hpp"

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

std::uint64_t count_tests(const rules::Condition& condition) {
  const auto all = [](const std::vector<rules::Condition>& conditions) {
    std::uint64_t tests = 0;
    for (const auto& one : conditions) tests += count_tests(one);
    return tests;
  };
  std::uint64_t tests = 0;
  for (const auto& part : condition.parts())
    tests += std::visit(text::Overloaded{[](const rules::Condition::FieldTest&) { return std::uint64_t{1}; },
                                         [&](const auto& nested) { return all(nested.of); }},
                        part);
  return tests;
}

// For one request, before patterns and schemas, which take their own part. False: there is no work left.
bool spend_on(const rules::Condition& condition) {
  constexpr std::uint64_t kNanosecondsATest = 200;
  if (text::WorkBudget::left() == 0) return false;
  text::WorkBudget::spend(count_tests(condition) * kNanosecondsATest);
  return true;
}

std::size_t count_differences(const rules::Condition& condition, const rules::RequestView& view) {
  return static_cast<std::size_t>(std::ranges::count_if(
      condition.parts(),
      [&](const rules::Condition::Part& part) { return !rules::Condition::holds(part, view); }));
}

MatchResult match_cut(const std::shared_ptr<const spaces::Entry>& entry, const rules::Condition& condition) {
  const auto view = engine::request_view_of(*entry, nullptr);
  if (holds_without_body(condition, view, rules::Undecided::fails)) return {.entry = entry};
  const bool cut = holds_without_body(condition, view, rules::Undecided::holds);
  return {.entry = entry, .differences = cut ? 1 : count_differences(condition, view), .cut = cut};
}

}  // namespace

MatchResult match(const std::shared_ptr<const spaces::Entry>& entry, const rules::Condition& condition) {
  if (!spend_on(condition))
    return {
        .entry = entry, .differences = std::max<std::size_t>(1, condition.parts().size()), .undecided = true};
  if (entry->body_cut > 0) return match_cut(entry, condition);
  const auto body = engine::body_of(*entry);
  const auto view = engine::request_view_of(*entry, body ? &*body : nullptr);
  const bool holds = condition.holds(view);
  return {.entry = entry,
          .differences = holds ? 0 : count_differences(condition, view),
          .undecided = holds != condition.holds(view, rules::Undecided::holds)};
}

std::vector<std::string> differences_of(const spaces::Entry& entry, const rules::Condition& condition) {
  const auto body = entry.body_cut > 0 ? std::nullopt : engine::body_of(entry);
  const auto view = engine::request_view_of(entry, body ? &*body : nullptr);
  if (entry.body_cut > 0 && holds_without_body(condition, view, rules::Undecided::fails)) return {};
  if (entry.body_cut > 0 && holds_without_body(condition, view, rules::Undecided::holds))
    return {"its body is not kept whole"};
  return condition.differences(view);
}

std::string line_of(const spaces::Entry& entry) {
  return fmt::format("{} {} of consumer '{}' answered {}", entry.method, entry.path, entry.consumer_id,
                     entry.status);
}

std::string line_of(const spaces::Entry& entry, const std::vector<std::string>& differences) {
  auto line = line_of(entry);
  for (const auto& difference : differences) line += "; " + difference;
  return line;
}

nlohmann::ordered_json match_json(const std::shared_ptr<const spaces::Entry>& entry,
                                  const rules::Condition& condition) {
  const auto result = match(entry, condition);
  const auto holds = result.holds();
  return {{"would_match", holds ? nlohmann::ordered_json(*holds) : nlohmann::ordered_json()},
          {"differences", differences_of(*entry, condition)}};
}

}  // namespace vault_mock::site
