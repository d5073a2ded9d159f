#include "contract/query_names.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "text/nearest.hpp"
#include "text/shortened.hpp"
#include "text/url.hpp"

namespace vault_mock::contract {
namespace {

constexpr std::size_t kMostNames = 100;
constexpr auto kOfClients = std::to_array<std::string_view>({"_method", "jwt"});

// "filter" of "filter[api]".
std::string_view base_of(std::string_view name) { return name.substr(0, name.find('[')); }

// "api" of "filter[api]"; empty: there is none.
std::string_view key_of(std::string_view name) {
  const auto begin = name.find('[');
  if (begin == name.npos) return {};
  return name.substr(begin + 1, name.find(']', begin) - begin - 1);
}

bool has_parameter(const Operation& operation, std::string_view name) {
  return std::ranges::any_of(operation.parameters, [&](const Parameter& parameter) {
    return parameter.in == Parameter::In::query &&
           (parameter.name == name || (parameter.is_object && parameter.name == base_of(name)));
  });
}

// The operation's parameter that `name` most likely means; of those that the query does not have.
std::optional<std::string> meant_by(std::string_view name, const Operation& operation,
                                    std::string_view query) {
  std::vector<std::string> absent;
  for (const auto& parameter : operation.parameters)
    if (parameter.in == Parameter::In::query && !text::query_value(query, parameter.name))
      absent.push_back(parameter.name);
  if (auto near = text::nearest(base_of(name), absent)) return near;
  return text::nearest(key_of(name), absent);
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
    if (!meant && operation.credentials.empty()) return seen.size() < kMostNames;
    const auto shown = text::shortened(name);
    advice.push_back({shown, "'" + shown + "' is not a parameter of this operation, and is ignored" +
                                 (meant ? ". Did you mean '" + *meant + "'?" : "")});
    return seen.size() < kMostNames;
  });
  return advice;
}

}  // namespace vault_mock::contract
