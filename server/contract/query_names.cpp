#include "contract/query_names.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "contract/query_object.hpp"
#include "text/nearest.hpp"
#include "text/shortened.hpp"
#include "text/url.hpp"

namespace vault_mock::contract {
namespace {

constexpr auto kOfClients = std::to_array<std::string_view>({"_method", "jwt"});

bool has_parameter(const Operation& operation, std::string_view name) {
  return std::ranges::any_of(operation.parameters, [&](const Parameter& parameter) {
    return parameter.in == Parameter::In::query &&
           (parameter.name == name ||
            (parameter.is_object && parameter.name == read_query_name(name).parameter));
  });
}

// The operation's parameter that `name` most likely means; of those that the query does not have.
std::optional<std::string> meant_by(std::string_view name, const Operation& operation,
                                    std::string_view query) {
  std::vector<std::string> absent;
  for (const auto& parameter : operation.parameters)
    if (parameter.in == Parameter::In::query && !text::query_value(query, parameter.name))
      absent.push_back(parameter.name);
  const auto read = read_query_name(name);
  if (auto near = text::nearest(read.parameter, absent)) return near;
  return text::nearest(read.key, absent);
}

}  // namespace

std::vector<Advice> advise_query_names(const Operation& operation, std::string_view query) {
  std::vector<Advice> advice;
  std::set<std::string, std::less<>> seen;
  text::each_query_pair(query, [&](std::string_view encoded_name, std::string_view) {
    const auto name = text::query_decoded(encoded_name);
    if (name.empty() || has_parameter(operation, name) ||
        std::ranges::find(kOfClients, name) != kOfClients.end() || !seen.insert(name).second)
      return true;
    const auto meant = meant_by(name, operation, query);
    if (!meant && operation.credentials.empty()) return seen.size() < kMostAdvice;
    const auto shown = text::shortened(name);
    advice.push_back({shown, "'" + shown + "' is not a parameter of this operation, and is ignored" +
                                 (meant ? ". " + text::did_you_mean(meant) : "")});
    return seen.size() < kMostAdvice;
  });
  return advice;
}

}  // namespace vault_mock::contract
