// The log of the program: to standard output, in the format and from the level of the options. A reader that
// does not read never blocks it (log_sink.hpp). On a terminal it has colors and short ids
// (terminal_line.hpp). Made once, and handed to all who write to it: two would mix their lines.
#pragma once

#include <memory>

#include "app/serve_options.hpp"
#include "site/log.hpp"

namespace vault_mock::app {

std::shared_ptr<const site::Log> make_log(const ServeOptions& options);

}  // namespace vault_mock::app
