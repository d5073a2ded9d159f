#include "site/admin/token_json.hpp"

#include <algorithm>
#include <chrono>

#include "engine/session_state.hpp"
#include "text/json/json_document.hpp"
#include "text/json/string_member.hpp"
#include "text/timestamp.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::site {
namespace {

// The longest claims that are shown, in bytes.
constexpr std::size_t kLongestClaims = std::size_t{64} << 10;

// {"data": {"session_token": "…"}}, as sessionsCreate answers.
std::string token_of(const spaces::Entry& entry) {
  if (entry.operation != "sessionsCreate" || entry.status >= 300) return "";
  const auto document = text::read_json(entry.answer_body);
  if (!document || !document->value.is_object()) return "";
  const auto data = document->value.find("data");
  return data != document->value.end() && data->is_object() ? text::string_member(*data, "session_token")
                                                            : "";
}

std::string time_words(const nlohmann::json& claims, const char* name) {
  constexpr auto kLatest = floor<std::chrono::seconds>(text::kLatest.time_since_epoch()).count();
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return "null";
  const auto seconds = std::clamp(found->get<double>(), 0.0, static_cast<double>(kLatest));
  return text::quoted(
      text::format_timestamp(spaces::Time(std::chrono::seconds(static_cast<std::int64_t>(seconds)))));
}

}  // namespace

std::string token_json(const spaces::Entry& entry, const spaces::Space& space, spaces::Time wall) {
  const auto token = token_of(entry);
  if (token.empty()) return "";
  const auto claims = vault::verify_jwt(token, space.secret());
  if (!claims) return "";
  const auto shown = text::dump(*claims);
  std::string result;
  text::ObjectWriter object(result);
  if (shown.size() <= kLongestClaims)
    object.json("claims", shown);
  else
    object.string_within("claims", shown, kLongestClaims);
  object.json("issued", time_words(*claims, "iat")).json("expires", time_words(*claims, "exp"));
  object.string("state", engine::session_state(token, space, space.now(wall)));
  object.end();
  return result;
}

}  // namespace vault_mock::site
