// The file that tells a waiting script where the mock listens.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace vault_mock::app {

// One line, the base URL. Whoever sees the file sees all of it: it is written beside and renamed.
tl::expected<void, std::string> write_ready_file(const std::string& path, const std::string& url);

}  // namespace vault_mock::app
