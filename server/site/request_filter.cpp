#include "site/request_filter.hpp"

#include <algorithm>
#include <array>

#include "text/ascii.hpp"
#include "text/number.hpp"
#include "text/shortened.hpp"
#include "text/url.hpp"

namespace vault_mock::site {
namespace {

// A label "file#name", or the name alone.
bool is_rule(std::string_view label, std::string_view wanted) {
  return label == wanted || label.substr(std::min(label.find('#') + 1, label.size())) == wanted;
}

constexpr std::size_t kMostTexts = 20;

// "402" or "4xx". False: it is neither.
bool read_status(std::string_view text, RequestFilter& filter) {
  if (text.size() != 3 || text.front() < '1' || text.front() > '5') return false;
  if (text.substr(1) == "xx") {
    filter.status_class = text.front() - '0';
    return true;
  }
  filter.status = text::whole_number<int>(text);
  return filter.status.has_value();
}

// As text::contains_ignoring_case, in time that is linear (Knuth, Morris and Pratt): both texts are a
// client's, and there are thousands of them.
bool contains(std::string_view text, std::string_view part) {
  if (part.size() > text.size()) return false;
  std::vector<std::size_t> border(part.size() +
                                  1);  // of the first i characters: what they begin and end with
  const auto longer = [&](std::size_t known, char next) {
    while (known > 0 && (known == part.size() || text::lower(part[known]) != text::lower(next)))
      known = border[known];
    return known < part.size() && text::lower(part[known]) == text::lower(next) ? known + 1 : known;
  };
  for (std::size_t i = 1; i < part.size(); ++i) border[i + 1] = longer(border[i], part[i]);
  std::size_t found = 0;
  for (std::size_t i = 0; i < text.size() && found < part.size(); ++i) found = longer(found, text[i]);
  return found == part.size();
}

}  // namespace

RequestFilter::Subject subject_of(const spaces::Entry& entry) {
  return {.status = entry.status,
          .id = entry.id,
          .method = entry.method,
          .path = entry.path,
          .operation = entry.operation,
          .consumer_id = entry.consumer_id,
          .rule = entry.rule,
          .kind = entry.kind};
}

bool RequestFilter::takes(const Subject& request) const {
  const auto is = [](const std::optional<std::string>& wanted, std::string_view value) {
    return !wanted || value == *wanted;
  };
  const auto has = [&](const std::string& text) {
    const auto places = {request.path, request.consumer_id, request.operation, request.rule, request.id};
    return std::ranges::any_of(places, [&](std::string_view place) { return contains(place, text); });
  };
  return (!status || request.status == *status) && (!status_class || request.status / 100 == *status_class) &&
         is(method, request.method) && is(operation, request.operation) &&
         is(consumer_id, request.consumer_id) && is(kind, request.kind) &&
         (!rule || is_rule(request.rule, *rule)) && std::ranges::all_of(texts, has);
}

tl::expected<RequestFilter, std::string> read_request_filter(std::string_view query) {
  if (const auto name = text::repeated_query_name(query, kRepeatableFilter))
    return tl::unexpected("'" + text::shortened(*name) +
                          "' is there more than once, and only one would count");
  RequestFilter filter;
  filter.method = text::query_value(query, "method");
  filter.operation = text::query_value(query, "operation");
  filter.consumer_id = text::query_value(query, "consumer_id");
  filter.rule = text::query_value(query, "rule");
  filter.kind = text::query_value(query, "kind");
  text::each_query_value(query, kRepeatableFilter, [&](std::string text) {
    filter.texts.push_back(std::move(text));
    return filter.texts.size() <= kMostTexts;
  });
  if (filter.texts.size() > kMostTexts)
    return tl::unexpected("There are more than " + std::to_string(kMostTexts) + " of 'text'");
  const auto status = text::query_value(query, "status");
  if (status && !read_status(*status, filter))
    return tl::unexpected("'status' is neither a status like 402 nor a class of them like 4xx, but '" +
                          text::shortened(*status) + "'");
  return filter;
}

}  // namespace vault_mock::site
