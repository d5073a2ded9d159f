// What the program prints when it starts: where it listens and what to try next.
#pragma once

#include <string>

#include "app/machine/local_url.hpp"
#include "app/serve_options.hpp"
#include "app/terminal/paint.hpp"

namespace vault_mock::app {

// Foreign text in it (paths, keys) is made printable. `shared`: where its spaces are shared; empty: they are
// not. `paint` is for a terminal.
std::string banner(const ServeOptions& options, const Urls& urls, std::size_t rules,
                   const std::string& shared, Paint paint);

}  // namespace vault_mock::app
