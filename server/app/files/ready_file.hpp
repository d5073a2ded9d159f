// The file of --ready-file, which tells a waiting script where the mock listens. It exists only while the
// mock listens: a file of an earlier run is removed before the start, this run's at the end. Owned by
// serve(), used by its thread alone.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <sys/stat.h>
#include <tl/expected.hpp>

namespace vault_mock::app {

class ReadyFile {
 public:
  // Removes what an earlier run left at `path`: a regular file, or a link (not what it leads to). Anything
  // else stays and is an error, and so is a folder that takes no files.
  // With an empty path there is no ready file.
  static tl::expected<ReadyFile, std::string> prepare(std::string path);

  // Removes the file if it is still the one that was written: another mock may have replaced it.
  ~ReadyFile();
  ReadyFile(ReadyFile&& other) noexcept;
  ReadyFile& operator=(ReadyFile&&) = delete;

  // Writes each URL on a line, atomically. The error says what to do.
  tl::expected<void, std::string> write(std::span<const std::string> urls);

 private:
  explicit ReadyFile(std::string path) : path_(std::move(path)) {}

  std::string path_;
  std::optional<struct stat> written_;
};

}  // namespace vault_mock::app
