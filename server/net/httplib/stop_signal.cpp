#include "net/httplib/stop_signal.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace vault_mock::net {

bool StopSignal::open() {
  if (reading_) return true;
  int ends[2];
  if (::pipe(ends) != 0) return false;
  reading_ = Descriptor(ends[0]);
  writing_ = Descriptor(ends[1]);
  for (const int end : ends) {
    ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(end, F_SETFL, O_NONBLOCK);
  }
  if (sent_) write_to_pipe();
  return true;
}

void StopSignal::send() {
  if (!sent_.exchange(true)) write_to_pipe();
}

void StopSignal::write_to_pipe() { [[maybe_unused]] const auto written = ::write(writing_.get(), "", 1); }

}  // namespace vault_mock::net
