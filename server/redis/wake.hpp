// Ends a poll() of another thread.
#pragma once

#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

#include "net/descriptor.hpp"

namespace vault_mock::redis {

// Any thread may call wake(); the others belong to the thread that polls.
class Wake {
 public:
  Wake() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

  void wake() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(descriptor_.get(), &one, sizeof one);
  }
  void take() const {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto size = ::read(descriptor_.get(), &count, sizeof count);
  }
  int descriptor() const { return descriptor_.get(); }

 private:
  net::Descriptor descriptor_;
};

}  // namespace vault_mock::redis
