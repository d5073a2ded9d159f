// The hosted page behind a session_uri.
#include "engine/operations/operations.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::engine {
namespace {

std::string_view state_of_token(const CheckedRequest& request, std::string_view token) {
  const auto claims = vault::verify_jwt(token, request.space().secret());
  if (!claims || !claims->contains("exp") || !claims->at("exp").is_number()) return "broken";
  if (request.space().is_revoked(token)) return "revoked";
  const auto now = static_cast<double>(request.now().time_since_epoch().count());
  return claims->at("exp").get<double>() * 1000 <= now ? "expired" : "active";
}

}  // namespace

Response show_session(const CheckedRequest& request) {
  const auto state = state_of_token(request, request.path_parameter("token"));
  auto page = request.new_page(PageModel::Page::session, state);
  page.now = request.now();
  page.loads_all_images = request.query("images") == "all";
  return request.render(state == "active" ? 200 : 401, page);
}

}  // namespace vault_mock::engine
