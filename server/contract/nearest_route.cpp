#include "contract/nearest_route.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "text/nearest.hpp"
#include "text/shortened.hpp"
#include "text/url.hpp"

namespace vault_mock::contract {
namespace {

constexpr std::size_t kMostSegments = 12;  // of a path that gets a suggestion

// What a difference costs. Two segments that are not alike are as far apart as two paths may not be.
// An empty segment at the end is a '/' too many, within a path a value that is missing.
constexpr int kMisspelt = 1, kLastSlash = 1, kEmptyValue = 1, kExtra = 2, kMissing = 2, kUnlike = 4;
constexpr int kMost = 3;
constexpr int kOtherMethod = 2;  // counts where two operations are as near

bool is_variable_segment(std::string_view segment) { return segment.starts_with('{'); }

bool is_near(std::string_view segment, const std::string& literal) {
  return text::nearest(segment, std::span(&literal, 1)).has_value();
}

// The cheapest way from a path to an operation's.
class Alignment {
 public:
  Alignment(std::span<const std::string_view> path, std::span<const std::string> pattern)
      : path_(path), pattern_(pattern), costs_((path.size() + 1) * (pattern.size() + 1)) {
    for (std::size_t i = 0; i <= path.size(); ++i)
      for (std::size_t j = 0; j <= pattern.size(); ++j) at(i, j) = cheapest(i, j);
  }

  int cost() const { return at(path_.size(), pattern_.size()); }

  // The way itself, and how many words of the path are the operation's.
  std::pair<NearestRoute, int> route() const {
    NearestRoute route;
    std::vector<std::string> mistakes;
    std::size_t i = path_.size(), j = pattern_.size();
    int found = 0;
    while (i > 0 || j > 0) {
      const bool is_extra = i > 0 && at(i, j) == at(i - 1, j) + cost_of_extra(i - 1);
      const bool is_pair = i > 0 && j > 0 && at(i, j) == at(i - 1, j - 1) + cost_of(i - 1, pattern_[j - 1]);
      if (is_pair && !(is_extra && is_variable_segment(pattern_[j - 1]))) {
        const auto segment = path_[--i];
        const auto& pattern = pattern_[--j];
        if (is_variable_segment(pattern)) {
          route.path.insert(0, "/" + (segment.empty() ? pattern : std::string(segment)));
          if (segment.empty()) mistakes.push_back("'" + pattern + "' is empty");
          continue;
        }
        ++found;
        route.path.insert(0, "/" + pattern);
        if (segment != pattern) mistakes.push_back(quoted(segment) + " is not '" + pattern + "'");
      } else if (is_extra) {
        mistakes.push_back(words_of_extra(--i));
        if (i == 0 && j == 0 && !path_[0].empty() && !is_doubled(0)) route.before = path_[0];
      } else {
        const auto& pattern = pattern_[--j];
        route.path.insert(0, "/" + pattern);
        mistakes.push_back("'" + pattern + "' is missing");
      }
    }
    for (auto mistake = mistakes.rbegin(); mistake != mistakes.rend(); ++mistake)
      route.mistake += (route.mistake.empty() ? "" : ", ") + *mistake;
    return {std::move(route), found};
  }

 private:
  int& at(std::size_t i, std::size_t j) { return costs_[i * (pattern_.size() + 1) + j]; }
  int at(std::size_t i, std::size_t j) const { return costs_[i * (pattern_.size() + 1) + j]; }

  int cheapest(std::size_t i, std::size_t j) const {
    if (i == 0 && j == 0) return 0;
    int least = std::numeric_limits<int>::max();
    if (i > 0 && j > 0) least = at(i - 1, j - 1) + cost_of(i - 1, pattern_[j - 1]);
    if (i > 0) least = std::min(least, at(i - 1, j) + cost_of_extra(i - 1));
    if (j > 0) least = std::min(least, at(i, j - 1) + cost_of_missing(j - 1));
    return least;
  }

  int cost_of(std::size_t i, const std::string& pattern) const {
    if (is_variable_segment(pattern))
      return !path_[i].empty() ? 0 : i + 1 < path_.size() ? kEmptyValue : kUnlike;
    if (path_[i] == pattern) return 0;
    return is_near(path_[i], pattern) ? kMisspelt : kUnlike;
  }

  // A word that is missing before another is found by that one; any other would be guessed.
  int cost_of_missing(std::size_t j) const {
    const bool is_guess = !is_variable_segment(pattern_[j]) &&
                          (j + 1 == pattern_.size() || is_variable_segment(pattern_[j + 1]));
    return is_guess ? kUnlike : kMissing;
  }

  int cost_of_extra(std::size_t i) const {
    return path_[i].empty() && i + 1 == path_.size() ? kLastSlash : kExtra;
  }

  static std::string quoted(std::string_view segment) { return "'" + text::shortened(segment, 64) + "'"; }

  bool is_doubled(std::size_t i) const {
    return (i + 1 < path_.size() && path_[i + 1] == path_[i]) || (i > 0 && path_[i - 1] == path_[i]);
  }

  std::string words_of_extra(std::size_t i) const {
    if (path_[i].empty())
      return i + 1 == path_.size() ? "there is a '/' at the end" : "there is a '/' too many";
    return quoted(path_[i]) + (is_doubled(i) ? " stands twice" : " is too much");
  }

  const std::span<const std::string_view> path_;
  const std::span<const std::string> pattern_;
  std::vector<int> costs_;
};

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (path.starts_with('/') && segments.size() <= kMostSegments) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

}  // namespace

std::optional<NearestRoute> nearest_route(const Contract& contract, std::string_view method,
                                          std::string_view path) {
  const auto segments = segments_of(path);
  if (segments.empty() || segments.size() > kMostSegments) return std::nullopt;
  if (method == "HEAD") method = "GET";
  std::optional<NearestRoute> best;
  std::pair least(std::numeric_limits<int>::max(), 0);
  for (const auto& operation : contract.operations()) {
    const auto& pattern = operation.path;
    const auto apart = std::max(pattern.size(), segments.size()) - std::min(pattern.size(), segments.size());
    if (apart > kMost) continue;
    const Alignment alignment(segments, pattern);
    const bool takes_method = operation.method == method;
    if (alignment.cost() == 0) continue;  // the path itself
    if (alignment.cost() > kMost) continue;
    auto [route, found] = alignment.route();
    // Where two are as near, the one of which the path has more words.
    const std::pair rank(alignment.cost() + (takes_method ? 0 : kOtherMethod), -found);
    if (found == 0 || rank >= least) continue;
    least = rank;
    route.method = operation.method;
    best = std::move(route);
  }
  return best;
}

}  // namespace vault_mock::contract
