// The pages that a browser shows: the HTML of a page model, and its headers.
//
// The pages are files (server/web/), embedded in the program. What a model says becomes attributes of the
// <html> element; scripts read claims from the token, as text.
#pragma once

#include "engine/outcome.hpp"
#include "engine/page_model.hpp"

namespace vault_mock::site {

// An engine::PageRenderer.
engine::Response render_page(int status, const engine::PageModel& page);

}  // namespace vault_mock::site
