// The body of POST /vault/sessions: what is accepted is in the token as posted, what is not is a 400 that
// says why.
#include <vector>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/whole_mock.hpp"
#include "text/headers.hpp"
#include "text/json/json_document.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::fuzz {
namespace {

using nlohmann::json;

json post(Mode mode, std::string_view body, int& status) {
  static const std::vector<text::HeaderView> kHeaders = {{"authorization", "Bearer k"},
                                                         {"x-apideck-app-id", "app"},
                                                         {"x-apideck-consumer-id", "fuzz"},
                                                         {"content-type", "application/json"}};
  const auto answer = whole_mock(mode).answer(
      {.method = "POST", .target = "/vault/sessions", .headers = kHeaders, .body = body});
  check_answer(answer, "POST");
  status = answer.status;
  return json::parse(answer.body);
}

void check_token(std::string_view body, const std::string& token) {
  const auto claims = vault::verify_jwt(token, app::kDefaultSecret);
  require(claims.has_value(), "the token can be verified");
  const auto posted = text::read_json(body);
  if (!posted) return;  // white space only, which counts as no body
  for (const auto& [key, value] : posted->value.items())
    require(claims->contains(key) && (*claims)[key] == value, "the token has what was posted: " + key);
}

}  // namespace

void answer_body(std::string_view bytes) {
  int real = 0, strict = 0;
  const auto answer = post(Mode::as_real, bytes, real);
  require(real == 200 || real == 400, "a session or a 400, not " + std::to_string(real));
  if (real == 200)
    check_token(bytes, answer.at("data").at("session_token").get<std::string>());
  else
    require(!answer.at("detail").empty() && !answer.at("detail").is_array(), "a refusal says why");
  post(Mode::strict, bytes, strict);
  require(real == 400 ? strict == 400 : strict == 200 || strict == 422,
          "strict refuses what the real one does, and more: " + std::to_string(strict));
}

}  // namespace vault_mock::fuzz
