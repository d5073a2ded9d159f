// The file that tells a waiting script where the mock listens. It is there while the mock listens, and at no
// other time: one of an earlier run is removed before the start, the own one at the end.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <sys/stat.h>
#include <tl/expected.hpp>

namespace vault_mock::app {

class ReadyFile {
 public:
  // Removes what an earlier run left at `path`: a regular file, or a link to one, or to nothing (the link,
  // not what it leads to). Anything else is not a ready file and stays: an error. An empty path: there is no
  // ready file.
  static tl::expected<ReadyFile, std::string> prepare(std::string path);

  // Removes it, if it is still the one that was written: another mock may have put its own there.
  ~ReadyFile();
  ReadyFile(ReadyFile&& other) noexcept;
  ReadyFile& operator=(ReadyFile&&) = delete;

  // Each URL on a line of its own. Whoever sees the file sees all of it.
  tl::expected<void, std::string> write(std::span<const std::string> urls);

 private:
  explicit ReadyFile(std::string path) : path_(std::move(path)) {}

  std::string path_;
  std::optional<struct stat> written_;
};

}  // namespace vault_mock::app
