#include "rules/language/suspicious_values.hpp"

#include <algorithm>

#include "rules/language/notations.hpp"
#include "text/ascii.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::rules {
namespace {

// How a matcher compares a value with a text.
enum class Compares { whole, prefix };

// Calls `use(text, how)` for each text that the matcher compares with, at any depth.
template <typename Use>
void each_text(const SourceValue& matcher, const Use& use) {
  if (matcher.value().is_string()) return use(matcher, Compares::whole);
  const auto use_text = [&](const SourceValue& value, Compares how) {
    if (value.value().is_string()) use(value, how);
  };
  if (matcher.value().is_array())
    for (const auto& element : matcher.elements()) use_text(element, Compares::whole);
  if (const auto text = matcher.member("equals")) use_text(*text, Compares::whole);
  if (const auto text = matcher.member("starts_with")) use_text(*text, Compares::prefix);
  if (const auto in = matcher.member("in"); in && in->value().is_array())
    for (const auto& element : in->elements()) use_text(element, Compares::whole);
  for (const auto* key : {"any", "all"})
    if (const auto list = matcher.member(key); list && list->value().is_array())
      for (const auto& element : list->elements()) each_text(element, use);
  if (const auto negated = matcher.member("not")) each_text(*negated, use);
}

void warn_of_path(const SourceValue& source, Compares how) {
  const auto written = source.value().get<std::string>();
  std::string_view path = written;
  std::string reason;
  const auto because = [&](std::string_view words) {
    if (reason.empty()) reason = words;
  };
  if (const auto scheme = path.find("://");
      scheme != path.npos && path.substr(0, scheme).find('/') == path.npos) {
    because("a path has no scheme and host");
    const auto slash = path.find('/', scheme + 3);
    path = slash == path.npos ? "/" : path.substr(slash);
  }
  if (const auto end = path.find_first_of("?#"); end != path.npos) {
    because(path[end] == '?' ? R"(a path has no query; use {"query": {...}})" : "a path has no fragment");
    path = path.substr(0, end);
  }
  if (path.starts_with("/@")) {
    because("a path does not include the space: rules already belong to one");
    const auto slash = path.find('/', 1);
    path = slash == path.npos ? "/" : path.substr(slash);
  }
  std::string meant(path);
  if (!meant.starts_with('/') && !meant.starts_with('*')) {
    because("a path must begin with a slash");
    meant.insert(0, "/");
  }
  if (has_wildcard(meant)) {
    const auto word =
        "{\"matches\": " + text::quoted(pattern_from(meant) + (how == Compares::whole ? "$" : "")) + "}";
    const auto& calls = source.diagnostics().known_names().calls;
    const auto known = std::ranges::find(calls, meant, &KnownNames::Operation::path);
    because("a path is compared literally, wildcards included" +
            (known == calls.end()
                 ? std::string()
                 : "; or name the operation, {\"operation\": " + in_quotes(known->id) + "}"));
    return source.warn(in_quotes(written) + " can never match: " + reason, word);
  }
  if (std::ranges::any_of(
          meant, [](char c) { return static_cast<unsigned char>(c) <= ' ' || (c & 0x80) || c == 0x7f; }))
    return source.warn(in_quotes(written) +
                       " can never match: a path is compared as it is sent, percent-encoded");
  if (!reason.empty()) source.warn(in_quotes(written) + " can never match: " + reason, in_quotes(meant));
}

void warn_of_key(const SourceValue& source) {
  const auto key = source.value().get<std::string>();
  if (key.size() < 7 || !text::equal_ignoring_case(key.substr(0, 7), "bearer ")) return;
  auto meant = key.substr(7);
  meant.erase(0, meant.find_first_not_of(' '));
  source.warn("this can never match: the word Bearer is not part of the key",
              meant.empty() ? "" : in_quotes(meant));
}

}  // namespace

void warn_of_texts(const SourceValue& matcher, RequestField::Place place) {
  if (place == RequestField::Place::path) each_text(matcher, warn_of_path);
  if (place == RequestField::Place::api_key)
    each_text(matcher, [](const SourceValue& source, Compares) { warn_of_key(source); });
}

void warn_of_body_key(const std::string& key, const SourceValue& member) {
  const bool pointer = key.starts_with('/');
  const auto name = pointer ? key.substr(1) : key;
  std::string reason;
  if (!pointer && key.starts_with('$'))
    reason = "members of the body are named by JSON Pointers, not JSONPath";
  else if (!pointer && key.starts_with("#/"))
    reason = "a JSON Pointer must begin with a slash";
  else if (!pointer && key.find('/') != key.npos)
    reason = "a JSON Pointer must begin with a slash; this is the name of one member";
  else if (name.find('.') != name.npos && name.find('/') == name.npos && !name.starts_with('.') &&
           !name.ends_with('.'))
    reason = "dots have no meaning here, this is the name of one member";
  else
    return;
  const auto meant = pointer_from(name);
  member.warn_key(
      in_quotes(key) + " is unlikely to match: " + reason + (meant ? "" : "; one pointer names one place"),
      meant ? in_quotes(*meant) : "");
}

}  // namespace vault_mock::rules
