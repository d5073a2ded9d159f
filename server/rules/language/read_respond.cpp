#include "rules/language/read_respond.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "rules/language/read_timing.hpp"
#include "text/ascii.hpp"
#include "text/nearest.hpp"

namespace vault_mock::rules {
namespace {

const std::vector<std::string> kRespondKeys = {"error", "status",  "type_name", "message", "detail",
                                               "ref",   "headers", "body",      "text",    "session",
                                               "pass",  "delay",   "fault"};

std::optional<Template> compiled(const Node& node, tl::expected<Template, Template::Error> result) {
  if (result) return std::move(*result);
  node.refuse(result.error().message, result.error().suggestion);
  return std::nullopt;
}

std::optional<Template> text_template(const Node& node) {
  const auto text = node.string("a string");
  if (!text) return std::nullopt;
  return compiled(node, Template::compile(*text));
}

std::optional<Template> json_template(const Node& node) {
  return compiled(node, Template::compile_json(node.source()));
}

std::optional<Template> optional_text(const Node& node, std::string_view key) {
  const auto member = node.member(key);
  return member ? text_template(*member) : std::nullopt;
}

std::optional<int> status(const Node& node, int least, int most) {
  const auto what = "a status from " + std::to_string(least) + " to " + std::to_string(most);
  const auto number = node.integer(least, most, what);
  if (!number) return std::nullopt;
  return static_cast<int>(*number);
}

std::optional<RespondError> read_error(const Node& node) {
  RespondError result;
  const auto error = *node.member("error");
  if (error.value().is_string()) {
    const auto& types = error.reading().vocabulary().error_types;
    const auto& word = error.value().get_ref<const std::string&>();
    if (is_quoted_number(error.value()))
      error.refuse("no error is called " + in_quotes(word) + ": write the number " + word +
                   " without quotes");
    else if (!types.empty() && std::ranges::find(types, word) == types.end()) {
      const auto near = text::nearest(word, types);
      error.refuse("no error is called " + in_quotes(word) +
                       (near ? "" : ": see GET /_mock/errors, or write a status"),
                   near ? in_quotes(*near) : "");
    }
    result.error = word;
    if (const auto override_status = node.member("status"))
      result.status = status(*override_status, 400, 599);
  } else {
    const auto number = error.integer(400, 599, "a status from 400 to 599, or the type name of an error");
    if (number) result.error = static_cast<int>(*number);
    if (const auto extra = node.member("status"))
      extra->refuse_key("\"error\" is a status already; for another status, name the error by its type");
  }
  result.type_name = optional_text(node, "type_name");
  result.message = optional_text(node, "message");
  result.ref = optional_text(node, "ref");
  if (const auto detail = node.member("detail")) {
    if (detail->value().is_string() || detail->value().is_object()) {
      result.detail = json_template(*detail);
    } else {
      detail->expected("a string or an object (clients refuse anything else)");
    }
  }
  return result;
}

std::optional<RespondPlain> read_plain(const Node& node) {
  RespondPlain result;
  if (const auto member = node.member("status")) result.status = status(*member, 200, 599).value_or(200);
  const auto body = node.member("body"), text = node.member("text");
  if (body && text) text->refuse_key("\"body\" (JSON) and \"text\" exclude each other");
  if (body) {
    result.body = json_template(*body);
    result.content_type = "application/json; charset=utf-8";
  } else if (text) {
    result.body = text_template(*text);
    result.content_type = "text/plain; charset=utf-8";
  }
  if ((body || text) && (result.status == 204 || result.status == 205 || result.status == 304))
    (body ? body : text)
        ->refuse_key("an answer with status " + std::to_string(result.status) + " has no body");
  return result;
}

std::optional<RespondSession> read_session(const Node& node) {
  static const std::vector<std::string> kSessionKeys = {"ttl", "claims", "token", "uri"};
  RespondSession result;
  if (node.value() == true) return result;
  if (!node.is_object_of(kSessionKeys, "session (or true)")) return std::nullopt;
  if (const auto ttl = node.member("ttl")) result.ttl = read_lifetime(*ttl);
  if (const auto claims = node.member("claims")) {
    if (claims->value().is_object())
      result.claims = json_template(*claims);
    else
      claims->expected("an object of claims");
  }
  result.token = optional_text(node, "token");
  result.uri = optional_text(node, "uri");
  return result;
}

bool is_header_name(std::string_view name) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";  // RFC 9110, 5.6.2
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return text::is_digit(c) || text::is_alpha(c) || kMarks.find(c) != kMarks.npos;
  });
}

void read_headers(const Node& node, Respond& respond) {
  const auto headers = node.member("headers");
  if (!headers) return;
  if (!headers->value().is_object()) return headers->expected("an object: header names and values");
  std::unordered_set<std::string> names;
  for (const auto& [name, value] : headers->members()) {
    auto own_name = text::lower(name);
    if (!is_header_name(name)) {
      value.refuse_key(in_quotes(name) + " is not a valid header name");
    } else if (!names.insert(own_name).second) {
      value.refuse_key("the header " + in_quotes(own_name) +
                       " stands here twice: names that differ only in case are the same");
    } else if (own_name == "content-length" || own_name == "transfer-encoding" || own_name == "connection") {
      value.refuse_key(own_name + " is the server's own; for broken answers there is \"fault\"");
    } else if (value.value().is_number_integer()) {
      respond.headers.emplace_back(std::move(own_name), *Template::compile(value.value().dump()));
    } else if (auto text = text_template(value)) {
      respond.headers.emplace_back(std::move(own_name), std::move(*text));
    }
  }
}

// Notes keys that only belong to another kind of answer.
void refuse_strays(const Node& node, std::span<const std::string_view> keys, std::string_view owner) {
  for (const auto key : keys)
    if (const auto member = node.member(key))
      member->refuse_key("\"" + std::string(key) + "\" belongs to \"" + std::string(owner) +
                         "\", which is not here");
}

}  // namespace

std::optional<Respond> read_respond(const Node& node) {
  const auto errors = node.reading().errors();
  if (!node.is_object_of(kRespondKeys, "an answer")) return std::nullopt;
  const bool mistyped = node.reading().errors() > errors;
  Respond respond;

  std::vector<std::string> kinds;
  for (const std::string key : {"error", "session", "pass", "body", "text", "status"}) {
    if (!node.has(key)) continue;
    const bool belongs_to_first =
        !kinds.empty() && ((key == "status" && kinds.front() != "session" && kinds.front() != "pass") ||
                           (key == "text" && kinds.front() == "body"));
    if (belongs_to_first) continue;  // checked with the first
    if (!kinds.empty())
      node.member(key)->refuse_key(in_quotes(kinds.front()) + " and " + in_quotes(key) +
                                   " exclude each other");
    kinds.push_back(key);
  }
  const std::string kind = kinds.empty() ? "" : kinds.front();
  if (kind != "error") {
    static constexpr std::array<std::string_view, 4> kOfErrors = {"type_name", "message", "detail", "ref"};
    refuse_strays(node, kOfErrors, "error");
  }
  if (kind == "error") {
    if (auto error = read_error(node)) respond.content = std::move(*error);
  } else if (kind == "session") {
    if (auto session = read_session(*node.member("session"))) respond.content = std::move(*session);
  } else if (kind == "pass") {
    if (node.value()["pass"] != true) node.member("pass")->expected("true");
  } else if (!kind.empty()) {
    if (auto plain = read_plain(node)) respond.content = std::move(*plain);
  } else if (!node.has("delay") && !node.has("fault") && !node.has("headers") && !mistyped) {
    node.refuse(
        "an answer without content: expected \"error\", \"status\", \"body\", \"text\", \"session\", "
        "\"pass\", "
        "\"delay\" or \"fault\"");
  }

  read_headers(node, respond);
  if (const auto delay = node.member("delay")) respond.delay = read_delay(*delay);
  if (const auto fault = node.member("fault"))
    if (auto read = read_fault(*fault)) respond.fault = *read;
  const auto own_type =
      std::ranges::any_of(respond.headers, [](const auto& h) { return h.first == "content-type"; });
  if (auto* plain = std::get_if<RespondPlain>(&respond.content); plain && own_type)
    plain->content_type.clear();
  return respond;
}

bool uses_count(const Respond& respond) {
  const auto in = [](const std::optional<Template>& text) { return text && text->uses_count(); };
  struct Content {
    decltype(in)& asks;
    bool operator()(const Pass&) const { return false; }
    bool operator()(const RespondError& r) const {
      return asks(r.type_name) || asks(r.message) || asks(r.ref) || asks(r.detail);
    }
    bool operator()(const RespondPlain& r) const { return asks(r.body); }
    bool operator()(const RespondSession& r) const { return asks(r.claims) || asks(r.token) || asks(r.uri); }
  };
  return std::visit(Content{in}, respond.content) ||
         std::ranges::any_of(respond.headers, [](const auto& h) { return h.second.uses_count(); });
}

}  // namespace vault_mock::rules
