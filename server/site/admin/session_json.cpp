#include "site/admin/session_json.hpp"

#include <algorithm>
#include <chrono>

#include "engine/session_state.hpp"
#include "text/json/json_document.hpp"
#include "text/json/json_object.hpp"
#include "text/json/string_member.hpp"
#include "text/timestamp.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::site {
namespace {

// Of a text, in bytes of the answer; claims that are longer are shown as text.
constexpr std::size_t kLongestShown = std::size_t{64} << 10;

// {"data": {"session_token": "…"}}, as sessionsCreate answers.
std::string token_of(const spaces::Entry& entry) {
  if (entry.operation != "sessionsCreate" || entry.status >= 300) return "";
  const auto document = text::read_json(entry.answer_body);
  if (!document || !document->value.is_object()) return "";
  const auto data = document->value.find("data");
  return data == document->value.end() ? "" : text::string_member(*data, "session_token");
}

std::string seconds_json(std::optional<vault::Seconds> time) {
  return time ? text::quoted(text::format_timestamp(*time)) : "null";
}

}  // namespace

std::optional<vault::Seconds> TokenFacts::time_claim(const char* name) const {
  constexpr auto kLatest = floor<std::chrono::seconds>(text::kLatest.time_since_epoch()).count();
  if (!claims) return std::nullopt;
  const auto found = claims->find(name);
  if (found == claims->end() || !found->is_number()) return std::nullopt;
  const auto seconds = std::clamp(found->get<double>(), 0.0, static_cast<double>(kLatest));
  return vault::Seconds(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

TokenFacts facts_of(const AdminCall& call, std::string token) {
  return facts_of(call, token, call.space->find_session(token));
}

TokenFacts facts_of(const AdminCall& call, std::string token, std::optional<vault::Session> known) {
  auto claims = vault::verify_jwt(token, call.space->secret());
  TokenFacts facts{.token = std::move(token), .known = std::move(known), .claims = {}};
  if (claims) facts.claims = std::move(*claims);
  return facts;
}

std::string session_json(const AdminCall& call, const TokenFacts& facts) {
  const auto& [token, known, claims] = facts;
  const auto now = call.space->now(call.wall);
  const auto id = [&](const char* name, std::string vault::Session::*member) {
    return facts.known    ? *facts.known.*member
           : facts.claims ? text::string_member(*facts.claims, name)
                          : std::string();
  };
  const auto time = [&](const char* name, vault::Seconds vault::Session::*member) {
    return seconds_json(facts.known && !facts.claims ? std::optional(*facts.known.*member)
                                                     : facts.time_claim(name));
  };
  std::string result;
  text::ObjectWriter object(result);
  object.string_within("token", token, kLongestShown)
      .string_within("session_uri", call.engine.session_place(call.request.base_url) + token, kLongestShown)
      .string("state", known && !claims
                           ? to_string(state_of(*known, std::chrono::floor<std::chrono::seconds>(now)))
                           : engine::session_state(token, claims ? &*claims : nullptr, *call.space, now))
      .string_within("consumer_id", id("consumer_id", &vault::Session::consumer_id), kLongestShown)
      .string_within("application_id", id("application_id", &vault::Session::application_id), kLongestShown)
      .json("issued", time("iat", &vault::Session::issued_at))
      .json("expires", time("exp", &vault::Session::expires_at));
  const auto shown = claims ? text::dump(*claims) : "null";
  if (shown.size() <= kLongestShown)
    object.json("claims", shown);
  else
    object.string_within("claims", shown, kLongestShown);
  object.end();
  return result;
}

std::string made_session_json(const AdminCall& call, const spaces::Entry& entry) {
  const auto facts = facts_of(call, token_of(entry));
  return facts.claims ? session_json(call, facts) : "";
}

}  // namespace vault_mock::site
