// What the program says when it starts: what to do next. Coloured on a terminal, plain in a pipe.
#pragma once

#include <string>

#include "app/cli/options.hpp"

namespace vault_mock::app {

enum class Paint { plain, coloured };

struct Urls {
  std::string http;
  std::string https;  // empty without --tls
};

std::string banner(const ServeOptions& options, const Urls& urls, std::size_t rules, Paint paint);

}  // namespace vault_mock::app
