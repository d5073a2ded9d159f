// How many requests came as a test expects. A failure says which came nearest, and what differed.
//
// A journal is bounded. Each request that it has dropped may have been one of those that are looked for: when
// that could change the verdict, it is not a pass, and says so. Likewise a request of which it cannot be told
// whether the condition holds.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

#include "rules/language/rule_file.hpp"
#include "site/admin/match_result.hpp"
#include "site/admin/verify.hpp"
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
std::optional<std::string> our_word_for(const std::string& key) {
  constexpr auto kLeast =
      std::to_array<std::string_view>({"gte", "ge", "gt", "min", "minimum", "least", "from"});
  constexpr auto kMost = std::to_array<std::string_view>({"lte", "le", "lt", "max", "maximum", "most", "to"});
  if (std::ranges::find(kLeast, key) != kLeast.end()) return "at_least";
  if (std::ranges::find(kMost, key) != kMost.end()) return "at_most";
  static const std::vector<std::string> kOurs = {"at_least", "at_most"};
  return text::nearest(key, kOurs);
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
      if (const auto ours = our_word_for(key))
        return tl::unexpected(wrong.value() + ", not '" + text::shortened(key) + "'. " +
                              text::did_you_mean(ours));
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

// What is looked for: the condition and the statuses of the answers.
struct Wanted {
  rules::Condition condition;  // without `when` any request will do
  std::vector<int> statuses;   // empty: any
};

tl::expected<Wanted, net::Answer> read_wanted(const AdminCall& call) {
  Wanted wanted{.condition = {}, .statuses = statuses_of(call.body)};
  if (!call.body.contains("when")) return wanted;
  auto read = rules::condition_from_text(call.request.body, "/when", "verify", call.engine.known_names());
  if (!read) return tl::unexpected(refuse_condition(read.error()));
  wanted.condition = std::move(*read);
  return wanted;
}

bool is_answered_so(const Entry& entry, const Wanted& wanted) {
  return wanted.statuses.empty() || std::ranges::find(wanted.statuses, entry.status) != wanted.statuses.end();
}

MatchResult match_answered(const std::shared_ptr<const Entry>& entry, const Wanted& wanted) {
  auto result = match(entry, wanted.condition);
  if (is_answered_so(*entry, wanted)) return result;
  ++result.differences;
  result.undecided = result.cut = false;
  return result;
}

std::vector<std::string> differences_from(const Wanted& wanted, const Entry& entry) {
  auto differences = differences_of(entry, wanted.condition);
  if (!is_answered_so(entry, wanted))
    differences.push_back(
        fmt::format("status: expected {}, was {}", fmt::join(wanted.statuses, " or "), entry.status));
  return differences;
}

// The requests of the journal, each held against what is looked for. Those that are as expected come first,
// and of the others the nearest.
struct MatchResults {
  std::vector<MatchResult> requests;
  std::size_t count = 0;  // of those that are as expected
  UnknownRequests unknown;
};

MatchResults match_all(const spaces::Journal& journal, const Wanted& wanted) {
  MatchResults results;
  for (const auto& entry :
       journal.select([](const Entry&) { return true; }, std::numeric_limits<std::size_t>::max()))
    results.requests.push_back(match_answered(entry, wanted));
  results.unknown.dropped = journal.dropped_by_cause();
  for (const auto& one : results.requests) {
    results.count += one.differences == 0 ? 1 : 0;
    results.unknown.add(one);
  }
  std::ranges::stable_sort(results.requests, {}, &MatchResult::differences);
  return results;
}

// Too few: what came near. Too many: what matched.
void add_nearest(Verification& verification, const MatchResults& results, const Wanted& wanted,
                 bool too_few) {
  const auto of = std::span(results.requests);
  const auto candidates = too_few ? of.subspan(results.count) : of.first(results.count);
  const auto shown = candidates.first(std::min(kNearestShown, candidates.size()));
  if (!shown.empty()) verification.message += too_few ? ". Nearest:" : ". They are:";
  for (const auto& one : shown) {
    const auto differences = differences_from(wanted, *one.entry);
    verification.message += "\n  - " + line_of(*one.entry, differences);
    verification.nearest.push_back({{"id", one.entry->id}, {"differences", differences}});
  }
}

}  // namespace

tl::expected<Verification, net::Answer> verify_times(const AdminCall& call) {
  const auto times = read_times(call.body);
  if (!times) return tl::unexpected(admin_error(400, times.error()));
  const auto wanted = read_wanted(call);
  if (!wanted) return tl::unexpected(wanted.error());
  const auto results = match_all(call.space->journal(), *wanted);

  Verification verification;
  const auto unknown = results.unknown.all();  // any of them may have matched
  verification.pass = times->hold_for_all(results.count, unknown);
  verification.conclusive = verification.pass || !times->hold_for_any(results.count, unknown);
  verification.count = results.count;
  verification.dropped = results.unknown.dropped.all();
  verification.undecided = results.unknown.in_journal();
  verification.message = fmt::format(
      "{} {}, found {} among {} in space '{}'", verification.conclusive ? "Expected" : "Undecided: expected",
      times->in_words(), results.count, results.requests.size(), call.space->name());
  if (!verification.pass && results.requests.empty() && verification.dropped == 0)
    verification.message += other_spaces(call);
  verification.message += words_for_unknown(results.unknown, verification.conclusive);
  if (!verification.pass && (verification.conclusive || !times->hold(results.count)))
    add_nearest(verification, results, *wanted, results.count < times->least);
  return verification;
}

}  // namespace vault_mock::site
