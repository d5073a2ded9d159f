// The options of serve, which doctor takes as well.
#pragma once

#include <vector>

#include "app/cli/command.hpp"
#include "app/serve_options.hpp"

namespace vault_mock::app {

// They read into `options`, which must outlive them.
std::vector<OptionGroup> serve_option_groups(ServeOptions& options);

// To be called once they are read: adds the warnings.
void add_warnings(ServeOptions& options);

}  // namespace vault_mock::app
