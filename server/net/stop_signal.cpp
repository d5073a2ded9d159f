#include "net/stop_signal.hpp"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace vault_mock::net {

StopSignal::StopSignal() {
  int ends[2];
  if (::pipe(ends) != 0) {
    error_ = errno;
    return;
  }
  reading_ = Descriptor(ends[0]);
  writing_ = Descriptor(ends[1]);
  for (const int end : ends) {
    ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(end, F_SETFL, O_NONBLOCK);
  }
}

void StopSignal::send() {
  if (sent_.exchange(true)) return;
  const int before = errno;
  [[maybe_unused]] const auto written = ::write(writing_.get(), "", 1);
  errno = before;
}

void StopSignal::wait() const {
  pollfd entry{.fd = reading_.get(), .events = POLLIN, .revents = 0};
  while (!sent_) ::poll(&entry, 1, -1);
}

}  // namespace vault_mock::net
