// Files of server/web/, embedded in the program: scripts and styles of the pages, in every space at
// /_page/{name}, and the console, the page at /_mock/.
#pragma once

#include <optional>
#include <string_view>

#include "net/answer.hpp"

namespace vault_mock::site {

// Empty where the path is not that of such a file.
std::optional<net::Answer> find_page_file(std::string_view path);

// The page at /_mock/ that looks into the mock. It holds no data: what it shows it asks of the mock's own
// API, which keeps its own guard.
net::Answer console_page();

}  // namespace vault_mock::site
