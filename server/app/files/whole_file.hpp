// Writes the program's own files atomically: a reader sees the whole file or none.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <tl/expected.hpp>

namespace vault_mock::app {

enum class Access {
  for_all,        // all may read it, whatever the umask: another container's user reads it in a shared volume
  for_the_user,   // nobody else may read it at any time
  while_running,  // as the umask says; not synced to the disk
};

// Writes a temporary file in the same folder and renames it to `path`. A file or link that is there is
// replaced; nothing is written through a link. Returns the status of the new file. The error is "cannot write
// PATH: REASON".
tl::expected<struct stat, std::string> write_whole(const std::filesystem::path& path, std::string_view text,
                                                   Access access);

}  // namespace vault_mock::app
