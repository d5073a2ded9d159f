// Scripts and styles of the pages, in every space at /_page/{name}: files of server/web/, embedded in the
// program.
#pragma once

#include <optional>
#include <string_view>

#include "net/answer.hpp"

namespace vault_mock::site {

// Empty where the path is not that of such a file.
std::optional<net::Answer> find_page_file(std::string_view path);

}  // namespace vault_mock::site
