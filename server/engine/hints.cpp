#include "engine/hints.hpp"

#include <algorithm>
#include <array>

#include "contract/nearest_route.hpp"
#include "engine/hints_on_ids.hpp"
#include "engine/operations/mint_session.hpp"
#include "text/ascii.hpp"
#include "text/nearest.hpp"
#include "text/url.hpp"
#include "vault/catalogue.hpp"

namespace vault_mock::engine {
namespace {

constexpr std::size_t kLongest = 400;

// Descriptions that the vendor publishes beside vault.yml and that are not unified APIs (documented).
constexpr auto kOtherApis =
    std::to_array<std::string_view>({"connector", "ecosystem", "proxy", "unify", "webhook"});

// Where other mocks have an API of their own (documented by each).
struct Elsewhere {
  std::string_view segment;  // the first of the path
  std::string_view mock;
};
constexpr auto kOtherMocks = std::to_array<Elsewhere>({{"__admin", "WireMock"},
                                                       {"mockserver", "MockServer"},
                                                       {"mockoon-admin", "Mockoon"},
                                                       {"imposters", "mountebank"}});

// The segment at the front of a path, without its '/'.
std::string_view first_segment(std::string_view path) {
  if (!path.starts_with('/')) return {};
  path.remove_prefix(1);
  return path.substr(0, path.find('/'));
}

std::string_view behind_first_segment(std::string_view path) {
  return path.substr(std::min(first_segment(path).size() + 1, path.size()));
}

std::string hint_on_own_api(std::string_view path) {
  const std::string own = "_mock";
  const auto first = first_segment(path);
  const auto rest = behind_first_segment(path);
  for (const auto& [segment, mock] : kOtherMocks)
    if (first == segment)
      return "'/" + std::string(segment) + "/' is " + std::string(mock) +
             "'s; the API of this mock is under /_mock/, and GET /_mock/admin.json lists what it can do";
  if (first != own && text::nearest(first, std::span(&own, 1)))
    return "'" + std::string(first) + "' is not '_mock': did you mean /_mock" + std::string(rest) + "?";
  if (first_segment(rest) == own)
    return "a space has an '@' before its name: did you mean /@" + std::string(first) + std::string(rest) +
           "?";
  return "";
}

std::string hint_on_other_api(const Call& call) {
  const auto first = first_segment(call.request.path);
  const bool is_own = std::ranges::any_of(call.contract.operations(), [&](const auto& operation) {
    return !operation.path.empty() && operation.path.front() == first;
  });
  if (is_own) return "";
  const auto is_in = [first](const auto& apis) { return std::ranges::find(apis, first) != apis.end(); };
  const bool is_api = is_in(kOtherApis) || is_in(vault::unified_apis());
  if (!is_api || first_segment(behind_first_segment(call.request.path)) == "vault") return "";
  const auto rule =
      R"({"when":{"path":")" + std::string(call.request.path) + R"("},"respond":{"status":200,"body":{}}})";
  return "'/" + std::string(first) +
         "' belongs to another API of Apideck's, and this mock has the Vault API alone; "
         "a rule can answer it: " +
         rule;
}

std::string hint_on_route(const Call& call) {
  const auto near = contract::nearest_route(call.contract, call.request.method, call.request.path);
  if (!near) return "";
  auto hint = near->mistake + ": did you mean " + near->method + " " + near->path + "?";
  if (near->before.empty()) return hint;
  auto space = text::percent_decoded(near->before);
  if (space.starts_with('@')) space.erase(0, 1);
  return hint + " In a space of that name it is /@" + text::percent_encoded(space) + near->path;
}

// A method that the query asks for is misspelt there.
std::string hint_on_method(const Call& call) {
  if (call.request.sent_method.empty()) return hint_on_route(call);
  std::vector<std::string> allowed;
  for (const auto& operation : call.contract.operations())
    if (std::holds_alternative<contract::Found>(call.contract.find(operation.method, call.request.path)))
      allowed.push_back(operation.method);
  const std::string asked(call.request.method);
  const auto near = text::nearest(asked, allowed);
  return "?_method=" + asked + " in the query asks for this method" +
         (near ? ": did you mean ?_method=" + *near + "?" : "");
}

std::string hint_on_unknown_path(const Call& call) {
  if (call.request.path == "/")
    return "The API is under /vault: sessions are created by POST /vault/sessions. GET / says where to look";
  if (auto hint = hint_on_own_api(call.request.path); !hint.empty()) return hint;
  if (auto hint = hint_on_other_api(call); !hint.empty()) return hint;
  if (auto hint = hint_on_route(call); !hint.empty()) return hint;
  return "GET /_mock/openapi.json lists the operations there are";
}

// What tells the vendor's headers apart: "app-id" of "x-apideck-app-id", and of "x-app-id".
std::string core_of(std::string_view header) {
  for (const std::string_view prefix : {"x-", "apideck-"})
    if (text::equal_ignoring_case(header.substr(0, prefix.size()), prefix))
      header.remove_prefix(prefix.size());
  return std::string(header);
}

// Of `names`, the one that `header` most likely means.
std::optional<std::string> nearest_header(std::string_view header, const std::vector<std::string>& names) {
  if (auto near = text::nearest(header, names)) return near;
  std::vector<std::string> cores;
  cores.reserve(names.size());
  for (const auto& name : names) cores.push_back(core_of(name));
  const auto near = text::nearest(core_of(header), cores);
  return near
             ? std::optional(names[static_cast<std::size_t>(std::ranges::find(cores, *near) - cores.begin())])
             : std::nullopt;
}

// Where clients of other APIs put their key.
bool is_key_header(std::string_view header) {
  auto core = text::lower(core_of(header));
  std::erase_if(core, [](char c) { return c == '-' || c == '_'; });
  return core == "apikey";
}

bool is_read(const contract::Operation& operation, std::string_view header) {
  if (!operation.credentials.empty() && text::equal_ignoring_case(header, "authorization")) return true;
  return std::ranges::any_of(operation.parameters, [&](const contract::Parameter& parameter) {
    return parameter.in == contract::Parameter::In::header &&
           text::equal_ignoring_case(header, parameter.name);
  });
}

// Headers that the operation reads, that the request lacks, and that a header of the request is near to.
std::string hint_on_headers(const Call& call) {
  const auto* operation = call.operation();
  if (operation == nullptr || !call.claims.is_null()) return "";  // a session token says who asks
  std::vector<std::string> missing;
  if (!operation->credentials.empty() && call.header("authorization").empty())
    missing.emplace_back("authorization");
  for (const auto& parameter : operation->parameters)
    if (parameter.in == contract::Parameter::In::header && call.header(parameter.name).empty())
      missing.push_back(parameter.name);
  if (missing.empty()) return "";
  std::string hint;
  for (const auto& [name, value] : call.request.headers) {
    if (is_read(*operation, name)) continue;
    auto near = nearest_header(name, missing);
    if (missing.front() == "authorization" && is_key_header(name)) near = "authorization: Bearer <key>";
    if (near)
      hint.append(hint.empty() ? "" : "; ")
          .append("the header '")
          .append(text::lower(name))
          .append("' is not read here: did you mean '")
          .append(*near)
          .append("'?");
  }
  return hint;
}

// A header's value, and a word of a log line.
std::string harmless(std::string hint) {
  for (char& c : hint)
    if (c < ' ' || c > '~') c = '?';
  if (hint.size() > kLongest) hint.replace(kLongest - 3, std::string::npos, "...");
  return hint;
}

}  // namespace

std::string hint_of(const Call& call) {
  const auto& trace = call.outcome.trace;
  std::string hint;
  if (std::holds_alternative<contract::UnknownPath>(call.lookup) && call.outcome.response.status == 404)
    hint = hint_on_unknown_path(call);
  else if (std::holds_alternative<contract::MethodNotAllowed>(call.lookup))
    hint = hint_on_method(call);
  else
    hint = hint_on_headers(call);
  if (hint.empty() && trace.decided_at == Step::act && call.outcome.response.status == 404)
    hint = hint_on_ids(call);
  const auto* operation = call.operation();
  const bool reads_body = operation != nullptr && operation->body && trace.decided_at == Step::contract;
  if (hint.empty() && reads_body && call.request.coding_error != nullptr)
    hint = call.request.coding_error->suggestion;
  return harmless(std::move(hint));
}

}  // namespace vault_mock::engine
