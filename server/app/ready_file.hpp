// The file that tells a waiting script where the mock listens.
#pragma once

#include <span>
#include <string>
#include <tl/expected.hpp>

namespace vault_mock::app {

// Each URL on a line of its own. Whoever sees the file sees all of it: it is written beside and renamed.
tl::expected<void, std::string> write_ready_file(const std::string& path, std::span<const std::string> urls);

}  // namespace vault_mock::app
