#include "site/pages/session_watch.hpp"

#include <nlohmann/json.hpp>

#include "engine/session_state.hpp"
#include "text/json/json_document.hpp"
#include "text/url.hpp"

namespace vault_mock::site {

std::optional<net::Answer> watch_session(const engine::ApiRequest& request, const spaces::Space& space,
                                         spaces::Time wall) {
  if (request.path != "/_page/session" || request.method != "GET") return std::nullopt;
  const auto clock = space.clock();
  const auto now = clock.now(wall);
  const auto token = text::query_value(request.query, "token").value_or("");
  const nlohmann::ordered_json body = {{"state", engine::session_state(token, space, now)},
                                       {"now", now.time_since_epoch().count()},
                                       {"frozen", clock.is_frozen()}};
  return net::Answer{.status = 200,
                     .headers = {{"content-type", "application/json"},
                                 {"cache-control", "no-store"},
                                 {"access-control-allow-origin", "*"},
                                 {"x-content-type-options", "nosniff"}},
                     .body = text::dump(body)};
}

}  // namespace vault_mock::site
