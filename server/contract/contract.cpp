#include "contract/contract.hpp"

#include <algorithm>

#include "contract/query_names.hpp"
#include "contract/query_object.hpp"
#include "text/headers.hpp"
#include "text/json/fast_json.hpp"
#include "text/shortened.hpp"
#include "text/url.hpp"
#include "text/utf8.hpp"

namespace vault_mock::contract {
namespace {

using nlohmann::json;

constexpr std::string_view kMethods[] = {"get", "put", "post", "delete", "patch"};

// What a local "$ref" names, or the node itself.
const json& referred(const json& document, const json& node) {
  const auto ref = node.is_object() ? node.find("$ref") : node.end();
  if (ref == node.end()) return node;
  return referred(document, document.at(json::json_pointer(ref->get_ref<const std::string&>().substr(1))));
}

// A copy of `node` in which every local "$ref" is replaced by what it names. The document has no cycles.
json resolved(const json& document, const json& reference) {
  const json& node = referred(document, reference);
  if (!node.is_structured()) return node;
  json result(node.type());
  if (node.is_array())
    for (const auto& element : node) result.push_back(resolved(document, element));
  else
    for (const auto& [key, value] : node.items()) result.emplace(key, resolved(document, value));
  return result;
}

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  segments.reserve(8);
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

bool is_path_variable(std::string_view segment) { return segment.starts_with('{'); }

std::vector<Credential> credentials_of(const json& security) {
  std::vector<Credential> credentials;
  for (const auto& alternative : security) {
    if (alternative.contains("apiKey")) credentials.push_back(Credential::api_key);
    if (alternative.contains("sessionToken")) credentials.push_back(Credential::session_token);
  }
  return credentials;
}

void add_parameters(const json& document, const json& holder, std::vector<Parameter>& parameters) {
  const auto list = holder.find("parameters");
  if (list == holder.end()) return;
  for (const auto& element : *list) {
    const json& parameter = referred(document, element);
    const auto in = parameter.at("in").get<std::string>();
    const auto name = parameter.at("name").get<std::string>();
    if (in == "path") continue;
    parameters.push_back({.in = in == "query" ? Parameter::In::query : Parameter::In::header,
                          .name = name,
                          .required = parameter.value("required", false),
                          .unless = parameter.value("x-unless", ""),
                          .is_object = parameter.value("style", "") == "deepObject",
                          .schema = Schema::trusted(resolved(document, parameter.at("schema")))});
  }
}

// Only what becomes part of the operation is copied out of the document: it is read at every start.
Operation operation_of(const json& document, std::string_view path, std::string_view method,
                       const json& item) {
  const json& source = item.at(std::string(method));
  Operation operation;
  operation.id = source.at("operationId").get<std::string>();
  operation.title = source.value("summary", operation.id);
  operation.method = method;
  for (char& c : operation.method) c = static_cast<char>(c - ('a' - 'A'));
  for (const auto segment : split(path)) operation.path.emplace_back(segment);
  const auto security = source.find("security");
  operation.credentials = credentials_of(security != source.end() ? *security : document.at("security"));
  add_parameters(document, item, operation.parameters);
  add_parameters(document, source, operation.parameters);
  if (const auto found = source.find("requestBody"); found != source.end()) {
    const json& body = referred(document, *found);
    operation.body =
        Schema::trusted(resolved(document, body.at("content").at("application/json").at("schema")));
    operation.body_required = body.value("required", false);
  }
  const json& responses = source.at("responses");
  if (const auto refused = responses.find("400"); refused != responses.end()) {
    static const json::json_pointer kPage("/content/text~1html");
    operation.has_error_page = referred(document, *refused).contains(kPage);
  }
  for (const auto& [status, element] : responses.items()) {  // sorted: the lowest 2xx comes first
    if (!status.starts_with('2')) continue;
    static const json::json_pointer kExample("/content/application~1json/example");
    const json& response = referred(document, element);
    operation.success_status = std::stoi(status);
    if (response.contains(kExample)) operation.example = resolved(document, response.at(kExample));
    break;
  }
  return operation;
}

bool matches(const Operation& operation, std::span<const std::string_view> segments) {
  return std::ranges::equal(operation.path, segments, [](std::string_view pattern, std::string_view segment) {
    return is_path_variable(pattern) ? !segment.empty() : pattern == segment;
  });
}

std::size_t variables_in(const Operation& operation) {
  return static_cast<std::size_t>(std::ranges::count_if(operation.path, is_path_variable));
}

PathParameters parameters_in(const Operation& operation, std::span<const std::string_view> segments) {
  PathParameters parameters;
  for (std::size_t i = 0; i < segments.size(); ++i)
    if (const std::string_view pattern = operation.path[i]; is_path_variable(pattern))
      parameters.emplace_back(pattern.substr(1, pattern.size() - 2), text::percent_decoded(segments[i]));
  return parameters;
}

// What is not UTF-8 would come back, in a token or an answer, as something else.
Violation not_utf8(const std::string& parameter) {
  return {Violation::In::query, parameter, "'" + parameter + "' is not UTF-8", ""};
}

// Of a parameter that is an object: each violation with the member's place, "filter[status_codes]".
Violations object_violations(const Parameter& parameter, std::string_view query) {
  const auto object = query_object(parameter.schema.source(), query, parameter.name);
  if (object.empty()) return {};
  for (const auto& [key, value] : object.items())
    for (const auto& text : value.is_array() ? value : json::array({value}))
      if (!text::is_utf8(key) || (text.is_string() && !text::is_utf8(text.get_ref<const std::string&>())))
        return {not_utf8(parameter.name)};
  auto violations = parameter.schema.violations(object, "'" + parameter.name + "'");
  for (auto& violation : violations) {
    violation.in = Violation::In::query;
    violation.place = member_name(parameter.name, violation.place);
  }
  return violations;
}

}  // namespace

std::string MethodNotAllowed::words(std::string_view method) const {
  return text::shortened(method).append(" is not allowed here; allowed: ").append(allow);
}

std::string path_of(const Operation& operation) {
  std::string path;
  for (const auto& segment : operation.path) path.append("/").append(segment);
  return path;
}

bool Operation::takes(Credential credential) const {
  return std::ranges::find(credentials, credential) != credentials.end();
}

Contract::Contract(std::string_view document) : document_(document) {
  const json source = text::FastJson::parse(document);
  for (const auto& [path, item] : source.at("paths").items())
    for (const auto method : kMethods)
      if (item.contains(std::string(method))) operations_.push_back(operation_of(source, path, method, item));
  // A literal segment wins over a variable one: look at the most literal paths first.
  std::ranges::stable_sort(operations_, {}, variables_in);
}

Lookup Contract::find(std::string_view method, std::string_view path) const {
  const auto segments = split(path);
  if (method == "HEAD") method = "GET";
  std::string allow;
  for (const auto& operation : operations_) {
    if (!matches(operation, segments)) continue;
    if (operation.method == method) return Found{&operation, parameters_in(operation, segments)};
    allow += operation.method + ", ";
    if (operation.method == "GET") allow += "HEAD, ";
  }
  if (allow.empty()) return UnknownPath{};
  return MethodNotAllowed{allow + "OPTIONS"};
}

Violations check_parameters(const Operation& operation, std::span<const text::HeaderView> headers,
                            std::string_view query) {
  Violations violations;
  for (const auto& parameter : operation.parameters) {
    if (parameter.is_object) {
      std::ranges::move(object_violations(parameter, query), std::back_inserter(violations));
      continue;
    }
    const bool in_header = parameter.in == Parameter::In::header;
    const auto where = in_header ? Violation::In::header : Violation::In::query;
    const auto decoded = in_header ? std::nullopt : text::query_value(query, parameter.name);
    const auto value = in_header ? text::find_header(headers, parameter.name)
                       : decoded ? std::optional<std::string_view>(*decoded)
                                 : std::nullopt;

    // An empty one that may be left out for another says as little as none.
    const bool may_be_empty = !in_header && parameter.unless.empty();
    if (!value || (value->empty() && !may_be_empty)) {
      const bool has_other =
          !parameter.unless.empty() && !text::query_value(query, parameter.unless).value_or("").empty();
      if (parameter.required && !has_other)
        violations.push_back({where, parameter.name,
                              (in_header ? "Missing Header: " : "Missing query parameter: ") + parameter.name,
                              ""});
      continue;
    }
    if (!in_header && !text::is_utf8(*value)) {
      violations.push_back(not_utf8(parameter.name));
      continue;
    }
    if (parameter.schema.screen(*value) == Screening::clean) continue;
    for (auto& violation :
         parameter.schema.violations(value_of(parameter.schema.source(), *value), "'" + parameter.name + "'"))
      violations.push_back(
          {where, parameter.name, std::move(violation.reason), std::move(violation.suggestion)});
  }
  return violations;
}

std::vector<Advice> advise_parameters(const Operation& operation, std::string_view query) {
  std::vector<Advice> advice;
  for (const auto& parameter : operation.parameters)
    if (parameter.is_object)
      std::ranges::move(advise_query_object(parameter.schema, query, parameter.name),
                        std::back_inserter(advice));
  std::ranges::move(advise_query_names(operation, query), std::back_inserter(advice));
  return advice;
}

}  // namespace vault_mock::contract
