#include "net/httplib/stop_signal.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace vault_mock::net {

StopSignal::StopSignal() {
  int ends[2];
  if (::pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  reading_ = Descriptor(ends[0]);
  writing_ = Descriptor(ends[1]);
  for (const int end : ends) {
    ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(end, F_SETFL, O_NONBLOCK);
  }
}

void StopSignal::send() {
  if (sent_.exchange(true)) return;
  [[maybe_unused]] const auto written = ::write(writing_.get(), "", 1);
}

}  // namespace vault_mock::net
