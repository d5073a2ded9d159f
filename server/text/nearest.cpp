#include "text/nearest.hpp"

#include <algorithm>

#include "text/ascii.hpp"

namespace vault_mock::text {
namespace {

constexpr std::size_t kLongestWord = 64;  // longer words get no suggestion: the comparison is quadratic

std::string squash(std::string_view word) {
  std::string result;
  for (const char c : word)
    if (c != '-' && c != '_' && c != ' ') result += lower(c);
  return result;
}

// Edits between two words: insert, delete, replace, swap two neighbours (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

// The words of a name in alphabetical order: "sessionsCreate", "create_sessions" -> "createsessions".
// Empty: it is one word.
std::string words_in_order(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : name) {
    const bool between = c == '-' || c == '_' || c == ' ';
    if ((between || lower(c) != c) && !words.back().empty()) words.emplace_back();
    if (!between) words.back() += lower(c);
  }
  if (words.size() < 2) return "";
  std::ranges::sort(words);
  std::string joined;
  for (const auto& word : words) joined += word;
  return joined;
}

// The candidate that has the words of `word` in another order ("createSession": "sessionsCreate"), give or
// take a letter.
std::optional<std::string> nearest_in_other_order(std::string_view word,
                                                  std::span<const std::string> candidates) {
  const auto wanted = words_in_order(word);
  if (wanted.empty()) return std::nullopt;
  for (std::size_t edits = 0; edits <= 1; ++edits)
    for (const auto& candidate : candidates) {
      const auto words = words_in_order(candidate);
      if (words.empty() || words.size() > wanted.size() + edits || wanted.size() > words.size() + edits)
        continue;
      if (distance(wanted, words) <= edits) return candidate;
    }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  if (word.empty() || word.size() > kLongestWord) return std::nullopt;
  const auto wanted = squash(word);
  std::optional<std::string> best;
  std::size_t least = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    const auto squashed = squash(candidate);
    const auto shorter = std::min(squashed.size(), wanted.size());
    if (std::max(squashed.size(), wanted.size()) - shorter >= least) continue;
    const auto edits = distance(wanted, squashed);
    if (edits < least && edits < squashed.size()) {
      least = edits;
      best = candidate;
    }
  }
  return best ? best : nearest_in_other_order(word, candidates);
}

std::string did_you_mean(const std::optional<std::string>& word) {
  return word ? "Did you mean '" + *word + "'?" : "";
}

}  // namespace vault_mock::text
