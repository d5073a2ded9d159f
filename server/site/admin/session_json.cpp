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

using nlohmann::json;

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

std::string seconds_json(vault::Seconds time) { return text::quoted(text::format_timestamp(time)); }

// A rule may put anything into a token.
std::string time_claim_json(const json& claims, const char* name) {
  constexpr auto kLatest = floor<std::chrono::seconds>(text::kLatest.time_since_epoch()).count();
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return "null";
  const auto seconds = std::clamp(found->get<double>(), 0.0, static_cast<double>(kLatest));
  return seconds_json(vault::Seconds(std::chrono::seconds(static_cast<std::int64_t>(seconds))));
}

}  // namespace

std::string session_json(const AdminCall& call, const std::string& token) {
  const auto now = call.space->now(call.wall);
  const auto claims = vault::verify_jwt(token, call.space->secret());
  const auto known = call.space->find_session(token);
  const auto id = [&](const char* name, std::string vault::Session::*member) {
    return known ? *known.*member : claims ? text::string_member(*claims, name) : std::string();
  };
  const auto time = [&](const char* name, vault::Seconds vault::Session::*member) {
    return claims ? time_claim_json(*claims, name) : known ? seconds_json(*known.*member) : std::string("null");
  };
  std::string result;
  text::ObjectWriter object(result);
  object.string_within("token", token, kLongestShown)
      .string_within("session_uri", call.engine.session_place(call.request.base_url) + token, kLongestShown)
      .string("state", known && !claims
                           ? to_string(state_of(*known, std::chrono::floor<std::chrono::seconds>(now)))
                           : engine::session_state(token, *call.space, now))
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
  const auto token = token_of(entry);
  return vault::verify_jwt(token, call.space->secret()) ? session_json(call, token) : "";
}

}  // namespace vault_mock::site
