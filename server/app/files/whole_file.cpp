#include "app/files/whole_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "net/descriptor.hpp"

namespace vault_mock::app {
namespace {

mode_t mode_of(Access access) {
  switch (access) {
    case Access::for_all:
      return 0644;
    case Access::for_the_user:
      return 0600;
    case Access::while_running:
      return 0666;
  }
  return 0600;
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

tl::expected<struct stat, std::string> write_whole(const std::filesystem::path& path, std::string_view text,
                                                   Access access) {
  auto draft = path;
  draft += "." + std::to_string(::getpid()) + ".tmp";
  ::unlink(draft.c_str());
  const auto mode = mode_of(access);
  struct stat status {};
  {
    const net::Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    const bool lasting = access != Access::while_running;
    if (file.get() >= 0 && (!lasting || ::fchmod(file.get(), mode) == 0) && write_all(file.get(), text) &&
        (!lasting || ::fsync(file.get()) == 0) && ::fstat(file.get(), &status) == 0 &&
        ::rename(draft.c_str(), path.c_str()) == 0)
      return status;
  }
  const std::string why = std::strerror(errno);
  ::unlink(draft.c_str());
  return tl::unexpected("cannot write " + path.string() + ": " + why);
}

}  // namespace vault_mock::app
