// The hosted page of a session, behind its session_uri, behind a link to one connection, and in a frame.
#include "engine/operations/operations.hpp"
#include "engine/session_state.hpp"

namespace vault_mock::engine {
namespace {

Response session_page(const CheckedRequest& request, std::string_view token) {
  const auto state = session_state(token, request.space(), request.now());
  auto page = request.new_page(PageModel::Page::session, state);
  page.now = request.now();
  page.loads_all_images = request.query("images") == "all";
  if (state == "active") return request.render(200, page);
  auto response = request.render(401, page);
  response.reason = "The session is " + page.state;
  return response;
}

}  // namespace

Response show_session(const CheckedRequest& request) {
  return session_page(request, request.path_parameter("token"));
}

Response show_integration(const CheckedRequest& request) {
  return session_page(request, request.query("jwt").value_or(""));
}

// The token comes later, in a message of the app's page.
Response show_vault_js(const CheckedRequest& request) {
  return request.render(200, request.new_page(PageModel::Page::vault_js, "active"));
}

}  // namespace vault_mock::engine
