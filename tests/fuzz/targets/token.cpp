// A credential that may be a session token: only what was signed is taken, in the engine's eyes too.
#include <vector>

#include "app/serve_options.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/whole_mock.hpp"
#include "text/headers.hpp"
#include "text/json/json_document.hpp"
#include "vault/base64url.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::fuzz {

void verify_token(std::string_view bytes) {
  const auto read = vault::verify_jwt(bytes, app::kDefaultSecret);
  require(!read || vault::looks_like_jwt(bytes) || !bytes.starts_with("eyJ"), "a token looks like one");
  if (const auto decoded = vault::decode_base64url(bytes)) {
    std::string encoded;
    vault::append_base64url(encoded, *decoded);
    require(encoded.size() == bytes.size(), "what is decoded encodes to as much");
  }

  // Any bytes as a payload: signed, they are taken exactly when they are a JSON object.
  const auto signed_bytes = vault::sign_jwt(bytes, app::kDefaultSecret);
  const auto payload = text::read_json(bytes);
  require(vault::verify_jwt(signed_bytes, app::kDefaultSecret).has_value() ==
              (payload && payload->value.is_object()),
          "a signed object is a token, and nothing else is");
  require(!vault::verify_jwt(signed_bytes, "another secret"), "another secret signs for nobody");

  auto& mock = whole_mock(Mode::as_real);
  for (const auto& token : {std::string(bytes), signed_bytes}) {
    const auto authorization = "Bearer " + token;
    const std::vector<text::HeaderView> headers = {
        {"authorization", authorization}, {"x-apideck-app-id", "app"}, {"x-apideck-consumer-id", "fuzz"}};
    check_answer(
        mock.answer(
            {.method = "GET", .target = "/vault/connections/crm/pipedrive", .headers = headers, .body = ""}),
        "GET");
    const auto page = "/session/" + token;
    check_answer(mock.answer({.method = "GET", .target = page, .headers = {}, .body = ""}), "GET");
  }
}

}  // namespace vault_mock::fuzz
