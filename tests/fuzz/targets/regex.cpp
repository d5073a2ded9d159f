// A regular expression and a text: refused with words, or quick to search with. (libFuzzer's time limit is
// the judge.)
#include "text/regex.hpp"

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/in_two.hpp"
#include "rules/matching/matcher.hpp"

namespace vault_mock::fuzz {

void match_regex(std::string_view bytes) {
  const auto [pattern, text] = in_two(bytes);
  const auto regex = text::Regex::compile(std::string(pattern));
  if (!regex) return require(!regex.error().empty(), "a refusal says why");
  std::string repeated(text);
  while (!repeated.empty() && repeated.size() < 4'000) repeated += repeated;
  require((regex->search(repeated) == text::Regex::Found::too_long) ==
              (regex->cost(repeated) > text::Regex::kMostSearch),
          "only what costs too much is not searched");
  const rules::Matcher matcher({rules::Matcher::Matches{*regex}});
  const rules::FieldValue value{std::string_view(repeated)};
  matcher.holds(value);
  require(!matcher.wanted(value).empty() && !matcher.described().empty(), "it can be put into words");
}

}  // namespace vault_mock::fuzz
