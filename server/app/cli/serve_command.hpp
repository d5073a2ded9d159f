// `vault-mock serve`, for those who read its options without the command line: tests, and programs that start
// a mock of their own.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/cli/read_words.hpp"
#include "app/serve_options.hpp"

namespace vault_mock::app {

// The words behind `vault-mock serve`, and the environment. The error: what such a command line prints, as
// --help and mistakes do.
tl::expected<ServeOptions, Ending> read_serve_options(std::vector<std::string> words);

}  // namespace vault_mock::app
