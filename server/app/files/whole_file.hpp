// Files of the program's own, written so that whoever sees one sees all of it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <tl/expected.hpp>

namespace vault_mock::app {

enum class Access {
  for_all,        // whatever the umask says: the user of another container reads it through a shared volume
  for_the_user,   // at no time may others read it
  while_running,  // as the umask says; need not outlive the machine
};

// Writes beside the file and renames. What was there is replaced, a link too: nothing is written through it.
// Returns what the system says of the new file. The error: "cannot write PATH: …".
tl::expected<struct stat, std::string> write_whole(const std::filesystem::path& path, std::string_view text,
                                                   Access access);

}  // namespace vault_mock::app
