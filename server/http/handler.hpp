// A site as the connection layer wants it: httplib's request in, httplib's response out.
#pragma once

#include "http/exchange.hpp"
#include "http/site.hpp"

namespace vault_mock::http {

// `site` must outlive both.
RequestHandler handler_of(Site& site);
ErrorResponder error_responder_of(Site& site);

}  // namespace vault_mock::http
