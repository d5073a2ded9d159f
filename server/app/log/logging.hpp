// The logger of the program: to standard output, in the format and from the level of the options. A reader
// that does not read never blocks it (log_sink.hpp). Any thread may log.
#pragma once

#include <memory>

#include "app/serve_options.hpp"

namespace spdlog {
class logger;
}

namespace vault_mock::app {

std::shared_ptr<spdlog::logger> make_logger(const ServeOptions& options);

}  // namespace vault_mock::app
