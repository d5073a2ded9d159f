#include "rules/language/read_respond.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "rules/language/read_timing.hpp"
#include "rules/matching/field_value.hpp"
#include "text/ascii.hpp"
#include "text/nearest.hpp"

namespace vault_mock::rules {
namespace {

const std::vector<std::string> kRespondKeys = {"error", "status",  "type_name", "message", "detail",
                                               "ref",   "headers", "body",      "text",    "session",
                                               "pass",  "delay",   "fault",     "weight"};

std::optional<Template> compiled(const SourceValue& source, tl::expected<Template, Template::Error> result) {
  if (result) return std::move(*result);
  source.refuse(result.error().message, result.error().suggestion);
  return std::nullopt;
}

std::optional<Template> text_template(const SourceValue& source) {
  const auto text = source.string("a string");
  if (!text) return std::nullopt;
  return compiled(source, Template::compile(*text));
}

std::optional<Template> json_template(const SourceValue& source,
                                      Template::Alone alone = Template::Alone::value) {
  return compiled(source, Template::compile_json(source.written(), alone));
}

std::optional<Template> optional_text(const SourceValue& source, std::string_view key) {
  const auto member = source.member(key);
  return member ? text_template(*member) : std::nullopt;
}

std::optional<int> status(const SourceValue& source, int least, int most) {
  const auto what = "a status from " + std::to_string(least) + " to " + std::to_string(most);
  const auto number = source.integer(least, most, what);
  if (!number) return std::nullopt;
  return static_cast<int>(*number);
}

// A status beside an error that is one already.
void refuse_second_status(const SourceValue& error, const SourceValue& extra) {
  const auto& wanted = extra.value();
  const bool fits = wanted.is_number_integer() && wanted >= 400 && wanted <= 599;
  extra.refuse_key("\"error\": " + shown(error.value()) +
                   " already sets the status; to change it name the error by its type: {\"error\": "
                   "\"RequestLimitError\", \"status\": " +
                   (fits ? wanted.dump() : "503") + "}");
}

// "expected an answer, an object, found 402", with what 402 was meant as.
bool refuse_number(const SourceValue& source) {
  const auto& value = source.value();
  if (!value.is_number_integer() || value < 200 || value > 599) return false;
  const auto number = value.dump();
  source.refuse("expected an answer, an object, found " + number + ": write " +
                (value >= 400 ? "{\"error\": " + number + "} or " : "") + "{\"status\": " + number + "}");
  return true;
}

std::optional<ErrorAnswer<Template>> read_error(const SourceValue& source) {
  ErrorAnswer<Template> result;
  const auto error = *source.member("error");
  if (error.value().is_string()) {
    const auto& types = error.diagnostics().known_names().error_types;
    const auto& word = error.value().get_ref<const std::string&>();
    if (is_quoted_number(error.value()))
      error.refuse("unknown error " + in_quotes(word) + ": write the number " + word + " without quotes");
    else if (!types.empty() && std::ranges::find(types, word) == types.end()) {
      auto near = text::nearest(word, types);
      if (!near) near = text::nearest(word + "Error", types);
      error.refuse(
          "unknown error " + in_quotes(word) + (near ? "" : ": see GET /_mock/errors, or write a status"),
          near ? in_quotes(*near) : "");
    }
    result.error = word;
    if (const auto override_status = source.member("status"))
      result.status = status(*override_status, 400, 599);
  } else {
    const auto number = error.integer(400, 599, "a status from 400 to 599, or the type name of an error");
    if (number) result.error = static_cast<int>(*number);
    if (const auto extra = source.member("status")) refuse_second_status(error, *extra);
  }
  result.type_name = optional_text(source, "type_name");
  result.message = optional_text(source, "message");
  result.ref = optional_text(source, "ref");
  if (const auto detail = source.member("detail")) {
    if (detail->value().is_string() || detail->value().is_object()) {
      result.detail = json_template(*detail, Template::Alone::text);
    } else {
      detail->expected("a string or an object (clients refuse anything else)");
    }
  }
  return result;
}

std::optional<PlainAnswer<Template>> read_plain(const SourceValue& source) {
  PlainAnswer<Template> result;
  if (const auto member = source.member("status")) result.status = status(*member, 200, 599).value_or(200);
  const auto body = source.member("body"), text = source.member("text");
  if (body && text) text->refuse_key("\"body\" (JSON) and \"text\" cannot be used together");
  if (body) {
    result.body = json_template(*body);
    result.content_type = "application/json; charset=utf-8";
  } else if (text) {
    result.body = text_template(*text);
    result.content_type = "text/plain; charset=utf-8";
  }
  if ((body || text) && (result.status == 204 || result.status == 205 || result.status == 304))
    (body ? body : text)
        ->refuse_key("an answer with status " + std::to_string(result.status) + " cannot have a body");
  return result;
}

OAuthChanges read_oauth(const SourceValue& source) {
  static const std::vector<std::string> kOAuthKeys = {"confirm", "opener"};
  static const std::vector<std::string> kOpeners = {"kept", "severed"};
  OAuthChanges result;
  if (!source.is_object_of(kOAuthKeys, "oauth")) return result;
  if (source.value().empty()) source.refuse("an empty \"oauth\": expected \"confirm\" or \"opener\"");
  if (const auto confirm = source.member("confirm")) {
    if (confirm->value().is_boolean())
      result.confirm = confirm->value().get<bool>();
    else
      confirm->expected("true or false");
  }
  if (const auto opener = source.member("opener"))
    if (const auto word = opener->one_of(kOpeners)) result.severs_opener = *word == 1;
  return result;
}

std::optional<SessionAnswer<Template>> read_session(const SourceValue& source) {
  static const std::vector<std::string> kSessionKeys = {"ttl", "claims", "token", "uri", "oauth"};
  SessionAnswer<Template> result;
  if (source.value() == true) return result;
  if (!source.is_object_of(kSessionKeys, "session (or true)")) return std::nullopt;
  if (const auto ttl = source.member("ttl")) result.ttl = read_lifetime(*ttl);
  if (const auto claims = source.member("claims")) {
    if (claims->value().is_object())
      result.claims = json_template(*claims);
    else
      claims->expected("an object of claims");
  }
  result.token = optional_text(source, "token");
  result.uri = optional_text(source, "uri");
  if (const auto oauth = source.member("oauth")) {
    if (result.token)
      oauth->refuse_key("\"oauth\" has no effect with a fixed \"token\": a claim of the token says it");
    result.oauth = read_oauth(*oauth);
  }
  return result;
}

bool is_header_name(std::string_view name) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";  // RFC 9110, 5.6.2
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return text::is_digit(c) || text::is_alpha(c) || kMarks.find(c) != kMarks.npos;
  });
}

std::optional<Template> header_value(const SourceValue& source) {
  if (source.value().is_number_integer()) return *Template::compile(source.value().dump());
  return text_template(source);
}

void read_headers(const SourceValue& source, AnswerTemplate& answer) {
  const auto headers = source.member("headers");
  if (!headers) return;
  if (!headers->value().is_object()) return headers->expected("an object: header names and values");
  std::unordered_set<std::string> names;
  for (const auto& [name, value] : headers->members()) {
    auto own_name = text::lower(name);
    if (!is_header_name(name)) {
      value.refuse_key(in_quotes(name) + " is not a valid header name");
    } else if (!names.insert(own_name).second) {
      value.refuse_key("duplicate header " + in_quotes(own_name) +
                       ": names that differ only in case are the same; several values are a list");
    } else if (own_name == "content-length" || own_name == "transfer-encoding" || own_name == "connection") {
      value.refuse_key(own_name + " is set by the server; to break an answer, use \"fault\"");
    } else if (!value.value().is_array()) {
      if (auto text = header_value(value)) answer.headers.emplace_back(std::move(own_name), std::move(*text));
    } else if (value.value().empty()) {
      value.refuse("an empty list: give the header " + own_name + " at least one value");
    } else {
      for (const auto& element : value.elements())
        if (auto text = header_value(element)) answer.headers.emplace_back(own_name, std::move(*text));
    }
  }
}

// Notes keys that only belong to another kind of answer.
void refuse_strays(const SourceValue& source, std::span<const std::string_view> keys,
                   std::string_view owner) {
  for (const auto key : keys)
    if (const auto member = source.member(key))
      member->refuse_key("\"" + std::string(key) + "\" has no effect without \"" + std::string(owner) + "\"");
}

}  // namespace

std::optional<AnswerTemplate> read_respond(const SourceValue& source, AnswerOf of) {
  const auto errors = source.diagnostics().errors();
  if (refuse_number(source)) return std::nullopt;
  if (!source.is_object_of(kRespondKeys, "an answer")) return std::nullopt;
  const bool mistyped = source.diagnostics().errors() > errors;
  AnswerTemplate answer;
  if (const auto weight = source.member("weight"); weight && of != AnswerOf::random)
    weight->refuse_key("\"weight\" has no effect outside of \"random\"");

  std::vector<std::string> kinds;
  for (const std::string key : {"error", "session", "pass", "body", "text", "status"}) {
    if (!source.has(key)) continue;
    const bool belongs_to_first =
        !kinds.empty() && ((key == "status" && kinds.front() != "session" && kinds.front() != "pass") ||
                           (key == "text" && kinds.front() == "body"));
    if (belongs_to_first) continue;  // checked with the first
    if (!kinds.empty())
      source.member(key)->refuse_key(in_quotes(kinds.front()) + " and " + in_quotes(key) +
                                     " cannot be used together");
    kinds.push_back(key);
  }
  const std::string kind = kinds.empty() ? "" : kinds.front();
  if (kind != "error") {
    static constexpr std::array<std::string_view, 4> kOfErrors = {"type_name", "message", "detail", "ref"};
    refuse_strays(source, kOfErrors, "error");
  }
  if (kind == "error") {
    if (auto error = read_error(source)) answer.content = std::move(*error);
  } else if (kind == "session") {
    if (auto session = read_session(*source.member("session"))) answer.content = std::move(*session);
  } else if (kind == "pass") {
    if (source.value()["pass"] != true) source.member("pass")->expected("true");
  } else if (!kind.empty()) {
    if (auto plain = read_plain(source)) answer.content = std::move(*plain);
  } else if (!source.has("delay") && !source.has("fault") && !source.has("headers") && !mistyped) {
    source.refuse(
        "an empty answer: expected \"error\", \"status\", \"body\", \"text\", \"session\", "
        "\"pass\", "
        "\"delay\" or \"fault\"");
  }

  read_headers(source, answer);
  if (const auto delay = source.member("delay")) answer.delay = read_delay(*delay);
  if (const auto fault = source.member("fault"))
    if (auto read = read_fault(*fault)) answer.fault = *read;
  const auto own_type =
      std::ranges::any_of(answer.headers, [](const auto& h) { return h.first == "content-type"; });
  if (auto* plain = std::get_if<PlainAnswer<Template>>(&answer.content); plain && own_type)
    plain->content_type.clear();
  return answer;
}

bool uses_count(const AnswerTemplate& answer) {
  const auto in = [](const std::optional<Template>& text) { return text && text->uses_count(); };
  struct Content {
    decltype(in)& asks;
    bool operator()(const Pass&) const { return false; }
    bool operator()(const ErrorAnswer<Template>& r) const {
      return asks(r.type_name) || asks(r.message) || asks(r.ref) || asks(r.detail);
    }
    bool operator()(const PlainAnswer<Template>& r) const { return asks(r.body); }
    bool operator()(const SessionAnswer<Template>& r) const {
      return asks(r.claims) || asks(r.token) || asks(r.uri);
    }
  };
  return std::visit(Content{in}, answer.content) ||
         std::ranges::any_of(answer.headers, [](const auto& h) { return h.second.uses_count(); });
}

}  // namespace vault_mock::rules
