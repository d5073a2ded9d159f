// Scripts and styles of the pages, in every space at /_page/{name}: files of server/web/, embedded in the
// program.
#pragma once

#include <optional>
#include <string_view>

#include "engine/outcome.hpp"

namespace vault_mock::site {

// Nothing: the path is none of a page's file.
std::optional<engine::Response> find_page_file(std::string_view path);

}  // namespace vault_mock::site
