// Verification: did as many requests come as a test expects? A failure says which came nearest, and what
// differed. (In which order, and whether rules were used: verify_order.cpp, verify_rules.cpp.)
//
// A journal is bounded. Each request that it has dropped may have been one of those that are looked for: when
// that could change the verdict, it is not a pass, and says so. Likewise a request of which it cannot be told
// whether the condition holds.
#include "site/admin/verify.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>

#include "rules/language/rule_file.hpp"
#include "site/admin/match_result.hpp"
#include "site/admin/resources.hpp"
#include "text/counted.hpp"
#include "text/nearest.hpp"
#include "text/shortened.hpp"

namespace vault_mock::site {
namespace {

using spaces::Entry;

constexpr std::size_t kNearestShown = 3;

struct Times {
  std::uint64_t least = 1;
  std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

  bool hold(std::uint64_t count) const { return least <= count && count <= most; }
  // Whether they hold for each number from `count` to `count + more`, and whether for any.
  bool hold_for_all(std::uint64_t count, std::uint64_t more) const {
    return hold(count) && hold(count + more);
  }
  bool hold_for_any(std::uint64_t count, std::uint64_t more) const {
    return count <= most && count + more >= least;
  }

  // "exactly 1 matching request"
  std::string in_words() const {
    const auto of = [](std::string_view how, std::uint64_t count) {
      return std::string(how) + " " + text::counted(count, "matching request");
    };
    if (least == most) return of("exactly", least);
    if (most == std::numeric_limits<std::uint64_t>::max()) return of("at least", least);
    if (least == 0) return of("at most", most);
    return of(std::to_string(least) + " to", most);
  }
};

// What others call our two words.
std::string our_word_for(const std::string& key) {
  constexpr auto kLeast =
      std::to_array<std::string_view>({"gte", "ge", "gt", "min", "minimum", "least", "from"});
  constexpr auto kMost = std::to_array<std::string_view>({"lte", "le", "lt", "max", "maximum", "most", "to"});
  if (std::ranges::find(kLeast, key) != kLeast.end()) return "at_least";
  if (std::ranges::find(kMost, key) != kMost.end()) return "at_most";
  static const std::vector<std::string> kOurs = {"at_least", "at_most"};
  return text::nearest(key, kOurs).value_or("");
}

bool is_count(const nlohmann::json& value) { return value.is_number_unsigned(); }

tl::expected<Times, std::string> read_times(const nlohmann::json& body) {
  Times times;
  const auto wanted = body.find("times");
  if (wanted == body.end()) return times;
  if (is_count(*wanted)) return Times{*wanted, *wanted};
  const auto wrong =
      tl::unexpected(std::string(R"('times' must be a count like 2, or {"at_least": 1, "at_most": 3})"));
  if (!wanted->is_object() || wanted->empty()) return wrong;
  if (!wanted->contains("at_least")) times.least = 0;
  for (const auto& [key, value] : wanted->items()) {
    if (key != "at_least" && key != "at_most")
      if (const auto ours = our_word_for(key); !ours.empty())
        return tl::unexpected(wrong.value() + ". Did you mean '" + ours + "' instead of '" +
                              text::shortened(key) + "'?");
    if (!is_count(value) || (key != "at_least" && key != "at_most")) return wrong;
    (key == "at_least" ? times.least : times.most) = value;
  }
  if (times.least > times.most)
    return tl::unexpected(std::string("'times' can never hold: its 'at_least' is more than its 'at_most'"));
  return times;
}

// Of the answers that are looked for; empty: any.
std::vector<int> statuses_of(const nlohmann::json& body) {
  const auto wanted = body.find("status");
  if (wanted == body.end()) return {};
  if (wanted->is_array()) return wanted->get<std::vector<int>>();
  return {wanted->get<int>()};
}

// "15 earlier requests are no longer in the journal: …"
std::string words_for(const spaces::Journal::Dropped& dropped, bool conclusive) {
  auto words = fmt::format("{} earlier request{} no longer in the journal", dropped.all(),
                           dropped.all() == 1 ? " is" : "s are");
  if (conclusive) return words + ", which changes nothing about that";
  std::string options;
  for (const auto& [count, option] :
       {std::pair{dropped.by_number, "--journal-size"}, std::pair{dropped.by_bytes, "--space-memory"},
        std::pair{dropped.evicted, "--memory"}, std::pair{dropped.with_space, "--max-spaces, or --memory"}})
    if (count > 0) options += (options.empty() ? "" : ", and a larger ") + std::string(option);
  return words + ", so this cannot be decided: start the mock with a larger " + options +
         ", or clear the journal before the test (DELETE /_mock/requests)";
}

// ". Space 'V' has had no requests; those that have: v (1), t1 (2)": the name may be a slip.
std::string other_spaces(const AdminCall& call) {
  constexpr std::size_t kMostNamed = 10;
  std::string names;
  std::size_t found = 0;
  for (const auto& space : call.spaces.all()) {
    const auto requests = space->journal().size();
    if (requests == 0 || ++found > kMostNamed) continue;
    names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", space->name(), requests);
  }
  if (found > kMostNamed) names += fmt::format(" and {} more", found - kMostNamed);
  return fmt::format(". Space '{}' has had no requests; {}", call.space->name(),
                     found == 0 ? "no other space has had any" : "those that have: " + names);
}

// How many requests are as `when` and `status` say.
tl::expected<Verification, net::Answer> verify_times(const AdminCall& call) {
  const auto times = read_times(call.body);
  if (!times) return tl::unexpected(admin_error(400, times.error()));
  rules::Condition condition;  // without `when` any request will do
  if (call.body.contains("when")) {
    auto read = rules::condition_from_text(call.request.body, "/when", "verify", call.engine.known_names());
    if (!read) return tl::unexpected(refuse_condition(read.error()));
    condition = std::move(*read);
  }
  const auto statuses = statuses_of(call.body);

  const auto everything = call.space->journal().select([](const Entry&) { return true; },
                                                       std::numeric_limits<std::size_t>::max());
  const auto causes = call.space->journal().dropped_by_cause();
  const auto dropped = causes.all();
  std::vector<MatchResult> judged;
  for (const auto& entry : everything) {
    judged.push_back(judge(entry, condition));
    if (!statuses.empty() && std::ranges::find(statuses, entry->status) == statuses.end()) {
      auto& [_, differences, undecided, cut] = judged.back();
      differences.push_back(
          fmt::format("status: expected {}, was {}", fmt::join(statuses, " or "), entry->status));
      undecided = cut = false;
    }
  }
  // Those that are as expected come first, and of the others the nearest.
  std::ranges::stable_sort(judged, {}, [](const MatchResult& j) { return j.differences.size(); });
  const auto unlike =
      std::ranges::find_if(judged, [](const MatchResult& j) { return !j.differences.empty(); });
  const auto count = static_cast<std::size_t>(unlike - judged.begin());

  const auto undecided = static_cast<std::uint64_t>(
      std::ranges::count_if(judged, [](const MatchResult& j) { return j.undecided; }));
  const auto cut =
      static_cast<std::uint64_t>(std::ranges::count_if(judged, [](const MatchResult& j) { return j.cut; }));
  const auto unknown = dropped + undecided + cut;  // any of them may have matched
  const bool pass = times->hold_for_all(count, unknown);
  const bool conclusive = pass || !times->hold_for_any(count, unknown);
  std::string message = (conclusive ? "Expected " : "Undecided: expected ") + times->in_words() + ", found " +
                        std::to_string(count) + " among " + std::to_string(everything.size()) +
                        " in space '" + call.space->name() + "'";
  if (!pass && everything.empty() && dropped == 0) message += other_spaces(call);
  if (dropped > 0) message += ". " + words_for(causes, conclusive);
  if (cut > 0)
    message +=
        ". Of " + text::counted(cut, "request") +
        " the journal has not the whole body, so it cannot be told whether the condition holds: start the "
        "mock with a larger --space-memory";
  if (undecided > 0)
    message +=
        ". Of " + text::counted(undecided, "request") +
        " it takes too long to tell whether the condition holds: its schema or pattern is too much for them";
  auto nearest = nlohmann::ordered_json::array();
  if (!pass && (conclusive || !times->hold(count))) {
    // Too few: what came near. Too many: what matched.
    const bool too_few = count < times->least;
    const auto begin = too_few ? unlike : judged.begin();
    const auto shown = std::min(kNearestShown, too_few ? judged.size() - count : count);
    if (shown > 0) message += too_few ? ". Nearest:" : ". They are:";
    for (auto at = begin; at != begin + static_cast<std::ptrdiff_t>(shown); ++at) {
      message += "\n  - " + line_of(*at);
      nearest.push_back({{"id", at->entry->id}, {"differences", at->differences}});
    }
  }
  return Verification{.pass = pass,
                      .conclusive = conclusive,
                      .count = count,
                      .dropped = dropped,
                      .undecided = undecided + cut,
                      .message = std::move(message),
                      .nearest = std::move(nearest)};
}

}  // namespace

net::Answer refuse_condition(const std::vector<rules::Mistake>& mistakes) {
  return admin_error(400, rules::sentence(mistakes.front()),
                     {{"text", rules::format_first(mistakes, kMostMistakes)}});
}

// Several parts must all pass. Without any, the question is whether there was a request at all.
net::Answer verify(const AdminCall& call) {
  std::vector<Verification> parts;
  const auto ask = [&](const auto& part) -> std::optional<net::Answer> {
    auto verification = part(call);
    if (!verification) return std::move(verification.error());
    parts.push_back(std::move(*verification));
    return std::nullopt;
  };
  const bool asks_order = call.body.contains("order");
  const bool asks_rules = call.body.contains("every_rule_used");
  const bool asks_times =
      call.body.contains("when") || call.body.contains("times") || call.body.contains("status");
  if (asks_times || (!asks_order && !asks_rules))
    if (auto refused = ask(verify_times)) return std::move(*refused);
  if (asks_order)
    if (auto refused = ask(verify_order)) return std::move(*refused);
  if (asks_rules)
    if (auto refused = ask(verify_rules)) return std::move(*refused);

  auto& whole = parts.front();
  for (auto& verification : std::span(parts).subspan(1)) {
    whole.pass = whole.pass && verification.pass;
    whole.conclusive = whole.conclusive && verification.conclusive;
    whole.undecided = std::max(whole.undecided, verification.undecided);
    whole.message += "\n" + verification.message;
    for (auto& one : verification.nearest) whole.nearest.push_back(std::move(one));
  }
  return admin_json(200, {{"pass", whole.pass},
                          {"count", whole.count},
                          {"dropped", whole.dropped},
                          {"undecided", whole.undecided},
                          {"conclusive", whole.conclusive},
                          {"message", whole.message},
                          {"nearest", whole.nearest}});
}

}  // namespace vault_mock::site
