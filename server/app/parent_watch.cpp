#include "app/parent_watch.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/files/foreign_file.hpp"

namespace vault_mock::app {
namespace {

// Node gives its children a pair of sockets for a pipe.
bool has_pipe_as_input() {
  struct stat status {};
  return ::fstat(STDIN_FILENO, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

// Whether the other end is closed, after poll() said that there is something to read.
bool input_is_at_end() {
  std::array<char, 4096> ignored;
  const auto count = ::read(STDIN_FILENO, ignored.data(), ignored.size());
  return count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN);
}

}  // namespace

tl::expected<std::unique_ptr<ParentWatch>, std::string> ParentWatch::create(const ServeOptions& options) {
  if (!options.with_parent) return nullptr;
  if (std::ranges::any_of(options.fixtures, is_standard_input))
    return tl::unexpected<std::string>(
        "--with-parent waits for the end of standard input, so rules cannot be read from there, too; write "
        "them to a file");
  if (!has_pipe_as_input())
    return tl::unexpected<std::string>(
        "--with-parent needs a pipe as standard input, which the parent keeps open for as long as the mock "
        "is to run; start it so, or leave the option out");
  std::unique_ptr<ParentWatch> watch(new ParentWatch);
  if (watch->stop_.error() != 0)
    return tl::unexpected(std::string("--with-parent: ") + std::strerror(watch->stop_.error()));
  watch->thread_ = std::thread([self = watch.get()] { self->wait_for_end(); });
  return watch;
}

ParentWatch::ParentWatch() = default;

ParentWatch::~ParentWatch() {
  if (!thread_.joinable()) return;
  stop_.send();
  thread_.join();
}

void ParentWatch::wait_for_end() const {
  std::array<pollfd, 2> wanted{pollfd{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0},
                               pollfd{.fd = stop_.descriptor(), .events = POLLIN, .revents = 0}};
  while (!stop_.is_sent()) {
    if (::poll(wanted.data(), wanted.size(), -1) < 0 || wanted[0].revents == 0) continue;
    if (!input_is_at_end()) continue;
    ::kill(::getpid(), SIGTERM);
    return;
  }
}

}  // namespace vault_mock::app
