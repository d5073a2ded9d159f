// A site as the connection layer wants it: httplib's request in, httplib's response out.
#pragma once

#include "net/epoll/exchange.hpp"
#include "site/site.hpp"

namespace vault_mock::site {

// `site` must outlive both.
net::RequestHandler handler_of(Site& site);
net::ErrorResponder error_responder_of(Site& site);

}  // namespace vault_mock::site
