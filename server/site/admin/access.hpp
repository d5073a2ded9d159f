// Who may use /_mock/: not a web page that a browser happens to show.
//
//   1. With --admin-token, every call but health must carry it as `Authorization: Bearer`, or in
//      `x-mock-admin-token`.
//   2. An `Origin` other than the mock's own address is refused unless --admin-origin names it: a page of
//      another site cannot use the mock. Likewise what a browser says is cross-site, but for an address that
//      its user follows.
//   3. A `Host` that is a name with a dot is refused unless --admin-host names it: such a name may be made to
//      point here by somebody else (DNS rebinding). Addresses, `localhost` and the one-word names of
//      container networks are taken.
#pragma once

#include <optional>
#include <string>

#include "engine/api_request.hpp"
#include "site/admin/admin.hpp"

namespace vault_mock::site {

struct AccessRefusal {
  int status;
  std::string reason;
};

// The request's `Origin`, where it is one that --admin-origin names: its pages may read the answer.
std::optional<std::string_view> allowed_origin(const AdminSettings& settings,
                                               const engine::ApiRequest& request);

std::optional<AccessRefusal> refuse_access(const AdminSettings& settings, const engine::ApiRequest& request);

}  // namespace vault_mock::site
