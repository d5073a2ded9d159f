// Who may use /_mock/: not a web page that a browser happens to show.
//
//   1. With --admin-token, every call but health must carry it as `Authorization: Bearer`, or in
//      `x-mock-admin-token`.
//   2. An `Origin` other than the mock's own is refused unless --admin-origin names it: a page of another
//      site cannot use the mock, nor one that another port of this machine serves. Its own origins are the
//      address that the request was sent to, with the scheme of its connection, and that of --public-url.
//      Likewise, where there is no Origin, what a browser says comes from another origin, even as an address
//      that its user follows. Browsers say so only to https, to localhost and to loopback addresses: by
//      plain http at another address, an image or a link of any site is let in. It can only ask (GET), and
//      its site cannot read the answer. The page at /_mock/ itself is not asked here: it shows nothing by
//      itself.
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

// `own_origin`: of the address that the request was sent to, "http://127.0.0.1:4010".
std::optional<AccessRefusal> refuse_access(const AdminSettings& settings, const engine::ApiRequest& request,
                                           std::string_view own_origin);

}  // namespace vault_mock::site
