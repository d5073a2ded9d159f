#include "app/files/foreign_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <optional>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/descriptor.hpp"
#include "text/size.hpp"

namespace vault_mock::app {
namespace {

using Kind = Unreadable::Kind;
using Text = tl::expected<std::string, Unreadable>;

tl::unexpected<Unreadable> unreadable(std::string reason, Kind kind = Kind::other) {
  return tl::unexpected(Unreadable{kind, std::move(reason)});
}

// Of a path that could not be followed or opened: `code` is errno.
tl::unexpected<Unreadable> unreachable(const std::string& path, int code) {
  if (code == ELOOP) return unreadable("it is a link that leads in a circle");
  struct stat link {};
  if (code == ENOENT && ::lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode))
    return unreadable("it is a link to a file that does not exist");
  return unreadable(std::strerror(code), code == ENOENT || code == ENOTDIR ? Kind::missing : Kind::other);
}

std::string kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
  return "not a regular file";
}

tl::unexpected<Unreadable> too_large(const ReadLimits& limits) {
  return unreadable("it is larger than " + text::format_size(limits.bytes) + ", the limit for a file");
}

// Waits for the next byte of a pipe, or for its end. Nothing: there is one.
std::optional<Unreadable> wait_for_more(int file, const ReadLimits& limits) {
  pollfd wanted{.fd = file, .events = POLLIN, .revents = 0};
  while (true) {
    const int ready = ::poll(&wanted, 1, static_cast<int>(limits.silence.count()));
    if (ready > 0) return std::nullopt;
    if (ready < 0 && errno == EINTR) continue;
    return Unreadable{Kind::other, ready < 0
                                       ? std::string(std::strerror(errno))
                                       : fmt::format("nothing was written to this pipe for {} seconds, and "
                                                     "it was not closed",
                                                     limits.silence.count() / 1000)};
  }
}

// When to wait for more: a blocking pipe before it is read, one with O_NONBLOCK when it has nothing. (Before
// would be wrong for that one: a pipe that nobody has opened for writing is at its end, yet poll() waits for
// a writer.)
enum class Wait { never, before_reading, for_nothing };

Text read_all(int file, const ReadLimits& limits, Wait when) {
  std::string text;
  bool wait = when == Wait::before_reading;
  for (std::size_t chunk = std::size_t{64} * 1024;; chunk = std::size_t{1024} * 1024) {
    if (wait)
      if (auto trouble = wait_for_more(file, limits)) return tl::unexpected(std::move(*trouble));
    const auto size = text.size();
    text.resize(size + std::min(chunk, limits.bytes + 1 - size));
    const auto count = ::read(file, text.data() + size, text.size() - size);
    const int code = errno;
    text.resize(size + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count == 0) return text;
    if (count < 0 && code != EINTR && !(code == EAGAIN && when != Wait::never))
      return unreadable(std::strerror(code));
    wait = when == Wait::before_reading || (count < 0 && code == EAGAIN);
    if (text.size() > limits.bytes) return too_large(limits);
  }
}

bool is_pipe(mode_t mode) { return S_ISFIFO(mode) || S_ISSOCK(mode); }

// Somebody who types takes as long as they like; they see that the program waits.
Text read_standard_input(const ReadLimits& limits) {
  struct stat status {};
  if (::fstat(STDIN_FILENO, &status) != 0) return unreadable("there is no standard input");
  if (S_ISDIR(status.st_mode)) return unreadable("it is a folder");
  return read_all(STDIN_FILENO, limits, is_pipe(status.st_mode) ? Wait::before_reading : Wait::never);
}

// With O_NONBLOCK a pipe opens at once; read_all() waits for its bytes.
Text read_pipe(const std::string& path, const ReadLimits& limits) {
  const net::Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (file.get() < 0) return unreachable(path, errno);
  auto text = read_all(file.get(), limits, Wait::for_nothing);
  if (text && text->empty()) return unreadable("it is a pipe that nothing was written to");
  return text;
}

}  // namespace

Text read_regular_file(const std::string& path, ReadLimits limits) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return unreachable(path, errno);
  if (!S_ISREG(status.st_mode)) return unreadable("it is " + kind_of(status.st_mode));
  const net::Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (file.get() < 0) return unreachable(path, errno);
  // Another may have taken its place meanwhile.
  if (::fstat(file.get(), &status) != 0) return unreadable(std::strerror(errno));
  if (!S_ISREG(status.st_mode)) return unreadable("it is " + kind_of(status.st_mode));
  if (static_cast<std::uint64_t>(status.st_size) > limits.bytes) return too_large(limits);
  return read_all(file.get(), limits, Wait::never);
}

tl::expected<std::string, std::string> read_file(const std::string& path) {
  return read_regular_file(path).map_error([](const Unreadable& unread) { return unread.reason; });
}

bool is_standard_input(const std::string& path) {
  return path == "-" || path == "/dev/stdin" || path == "/dev/fd/0" || path == "/proc/self/fd/0";
}

bool is_read_once(const std::string& path) {
  struct stat status {};
  return is_standard_input(path) || (::stat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode));
}

tl::expected<std::string, std::string> read_argument(const std::string& path, ReadLimits limits) {
  const auto text = is_standard_input(path) ? read_standard_input(limits)
                    : is_read_once(path)    ? read_pipe(path, limits)
                                            : read_regular_file(path, limits);
  return text.map_error([](const Unreadable& unread) { return unread.reason; });
}

std::string kind_of_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode)) return "";
  return kind_of(status.st_mode);
}

}  // namespace vault_mock::app
