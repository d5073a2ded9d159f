// What the program says when it starts: what to do next. Coloured on a terminal, plain in a pipe.
#pragma once

#include <string>

#include "app/options.hpp"

namespace vault_mock::app {

enum class Paint { plain, coloured };

std::string banner(const ServeOptions& options, const std::string& url, std::size_t rules, Paint paint);

}  // namespace vault_mock::app
