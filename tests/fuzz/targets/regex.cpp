// A regular expression of a rule file: refused with words, or quick to match. (libFuzzer's time limit is the
// judge.)
#include <re2/re2.h>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/in_two.hpp"
#include "rules/matcher.hpp"

namespace vault_mock::fuzz {

void match_regex(std::string_view bytes) {
  const auto [pattern, text] = in_two(bytes);
  const auto regex = rules::compile_regex(std::string(pattern));
  if (!regex) return require(!regex.error().empty(), "a refusal says why");
  const rules::Matcher matcher({rules::Matcher::Matches{std::string(pattern), *regex}});
  std::string repeated(text);
  while (!repeated.empty() && repeated.size() < 4'000) repeated += repeated;
  const rules::Value value{std::string_view(repeated)};
  matcher.holds(value);
  require(!matcher.wanted(value).empty() && !matcher.described().empty(), "it can be put into words");
}

}  // namespace vault_mock::fuzz
