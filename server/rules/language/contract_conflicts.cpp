#include "rules/language/contract_conflicts.hpp"

#include <algorithm>

#include "rules/language/notations.hpp"
#include "text/ascii.hpp"

namespace vault_mock::rules {
namespace {

// The only texts that the matcher can hold for, with their places; nothing: it may hold for others.
std::vector<SourceValue> only_texts(const std::optional<SourceValue>& matcher) {
  if (!matcher) return {};
  if (matcher->value().is_string()) return {*matcher};
  if (matcher->value().is_array()) return matcher->elements();
  if (const auto equals = matcher->member("equals")) return {*equals};
  if (const auto in = matcher->member("in"); in && in->value().is_array()) return in->elements();
  return {};
}

std::string text_of(const SourceValue& source) {
  return source.value().is_string() ? source.value().get<std::string>() : std::string();
}

std::vector<std::string> segments(std::string_view path) {
  std::vector<std::string> parts;
  for (const char c : path) {
    if (c == '/')
      parts.emplace_back();
    else if (!parts.empty())
      parts.back() += c;
  }
  return parts;
}

bool path_fits(std::string_view path, std::string_view known) {
  const auto a = segments(path), b = segments(known);
  return std::ranges::equal(
      a, b, [](const auto& one, const auto& other) { return one == other || other.starts_with('{'); });
}

bool method_fits(std::string_view method, std::string_view known) {
  return method == known || (method == "HEAD" && known == "GET");
}

// The operations that the condition names; empty: none, or not known.
std::vector<const KnownNames::Operation*> named_operations(const SourceValue& when) {
  std::vector<const KnownNames::Operation*> named;
  const auto& calls = when.diagnostics().known_names().calls;
  for (const auto& source : only_texts(when.member("operation"))) {
    const auto found = std::ranges::find(calls, text_of(source), &KnownNames::Operation::id);
    if (found == calls.end()) return {};
    named.push_back(&*found);
  }
  return named;
}

// Only in words that are a path already; warn_of_path has the others.
bool is_plain_path(const std::string& path) {
  return path.starts_with('/') && !path.starts_with("/@") && !has_wildcard(path) &&
         path.find_first_of("?#") == path.npos;
}

void warn_of_missing(const SourceValue& matcher, std::string_view header, std::string_view noun,
                     const SourceValue& when) {
  if (!matcher.value().is_object()) return;
  const auto exists = matcher.member("exists");
  if (!exists || exists->value() != false) return;
  auto operations = named_operations(when);
  if (operations.empty())
    for (const auto& operation : when.diagnostics().known_names().calls) operations.push_back(&operation);
  const auto refuses = [&](const KnownNames::Operation* operation) {
    return std::ranges::find(operation->required_headers, header) != operation->required_headers.end();
  };
  if (std::ranges::none_of(operations, refuses)) return;
  const bool always = std::ranges::all_of(operations, refuses) || !when.has("operation");
  if (!always) return;
  matcher.warn("the checks refuse a request without " + std::string(noun) +
               " before this rule is asked: write \"before\": \"validation\" next to \"when\"");
}

}  // namespace

void warn_of_calls(const SourceValue& when) {
  const auto operations = named_operations(when);
  if (operations.empty()) return;
  const auto names = [&] {
    std::string text;
    for (const auto* operation : operations) text += (text.empty() ? "" : " or ") + operation->id;
    return text;
  }();
  for (const auto& method : only_texts(when.member("method"))) {
    const auto fits = [&](const auto* operation) { return method_fits(text_of(method), operation->method); };
    if (std::ranges::any_of(operations, fits)) continue;
    method.warn("this can never match: " + names + " is not called with " + text_of(method),
                in_quotes(operations.front()->method));
  }
  for (const auto& path : only_texts(when.member("path"))) {
    const auto fits = [&](const auto* operation) { return path_fits(text_of(path), operation->path); };
    if (!is_plain_path(text_of(path)) || std::ranges::any_of(operations, fits)) continue;
    path.warn("this can never match: the path of " + names + " is " + operations.front()->path);
  }
}

void warn_of_what_checks_refuse(const SourceValue& when, Phase phase) {
  if (phase == Phase::before_validation) return;
  if (const auto all = when.member("all"); all && all->value().is_array())
    for (const auto& condition : all->elements()) warn_of_what_checks_refuse(condition, phase);
  if (const auto id = when.member("consumer_id"))
    warn_of_missing(*id, "x-apideck-consumer-id", "a consumer id", when);
  if (const auto id = when.member("app_id")) warn_of_missing(*id, "x-apideck-app-id", "an app id", when);
  if (const auto key = when.member("api_key")) warn_of_missing(*key, "authorization", "a key", when);
  if (const auto headers = when.member("headers"); headers && headers->value().is_object())
    for (const auto& [name, matcher] : headers->members())
      if (const auto lower = text::lower(name); lower.starts_with("x-apideck-") || lower == "authorization")
        warn_of_missing(matcher, lower, "the header " + lower, when);
}

void check_session_rule(const SourceValue& rule, const SourceValue& session) {
  const auto& creates = rule.diagnostics().known_names().creates_session;
  const auto when = rule.member("when");
  if (creates.empty() || !when || !when->value().is_object()) return;
  const auto operations = named_operations(*when);
  const auto is_creation = [&](const KnownNames::Operation* operation) { return operation->id == creates; };
  if (!operations.empty() && std::ranges::none_of(operations, is_creation))
    return session.refuse_key("\"session\" only answers " + creates + ", but this rule is for " +
                              operations.front()->id + ": use \"status\" and \"body\" instead");
  const auto& calls = rule.diagnostics().known_names().calls;
  const auto creation = std::ranges::find(calls, creates, &KnownNames::Operation::id);
  if (creation == calls.end()) return;
  const auto never = [](const std::vector<SourceValue>& texts, const auto& fits) {
    return !texts.empty() && std::ranges::none_of(texts, fits);
  };
  const bool other_path = never(only_texts(when->member("path")), [&](const SourceValue& path) {
    return !is_plain_path(text_of(path)) || path_fits(text_of(path), creation->path);
  });
  const bool other_method = never(only_texts(when->member("method")), [&](const SourceValue& method) {
    return method_fits(text_of(method), creation->method);
  });
  if (other_path || other_method)
    session.warn_key("\"session\" only answers " + creates + " (" + creation->method + " " + creation->path +
                     "), which this rule never matches: other requests get their usual answer");
}

}  // namespace vault_mock::rules
