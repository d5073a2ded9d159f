// The logger: standard output, in the format and from the level that the options ask for.
#pragma once

#include <memory>

#include "app/cli/options.hpp"

namespace spdlog {
class logger;
}

namespace vault_mock::app {

std::shared_ptr<spdlog::logger> make_logger(const ServeOptions& options);

}  // namespace vault_mock::app
