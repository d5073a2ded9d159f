#include "app/files/ready_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

#include "app/files/foreign_file.hpp"
#include "app/files/whole_file.hpp"

namespace vault_mock::app {

tl::expected<ReadyFile, std::string> ReadyFile::prepare(std::string path) {
  if (path.empty()) return ReadyFile("");
  if (const auto kind = kind_of_file(path); !kind.empty())
    return tl::unexpected(fmt::format(
        "cannot write --ready-file '{}': it is {}. Name a regular file, or one that does not exist", path,
        kind));
  if (::unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR)
    return tl::unexpected(
        fmt::format("cannot remove --ready-file '{}' of an earlier run: {}. A script that waits for it "
                    "would read the old address; remove the file, or name another",
                    path, std::strerror(errno)));
  const auto folder = std::filesystem::path(path).parent_path();
  if (::access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) != 0)
    return tl::unexpected(
        fmt::format("cannot write --ready-file '{}': {}: {}. Name a file in a writable folder", path,
                    folder.empty() ? "." : folder.string(), std::strerror(errno)));
  return ReadyFile(std::move(path));
}

ReadyFile::ReadyFile(ReadyFile&& other) noexcept
    : path_(std::move(other.path_)), written_(std::exchange(other.written_, std::nullopt)) {}

ReadyFile::~ReadyFile() {
  struct stat status {};
  if (written_ && ::lstat(path_.c_str(), &status) == 0 && status.st_ino == written_->st_ino &&
      status.st_dev == written_->st_dev)
    ::unlink(path_.c_str());
}

tl::expected<void, std::string> ReadyFile::write(std::span<const std::string> urls) {
  if (path_.empty()) return {};
  std::string text;
  for (const auto& url : urls) text += url + "\n";
  const auto written = write_whole(path_, text, Access::while_running);
  if (!written)
    return tl::unexpected("--ready-file: " + written.error() + ". Name a file in a writable folder");
  written_ = *written;
  return {};
}

}  // namespace vault_mock::app
