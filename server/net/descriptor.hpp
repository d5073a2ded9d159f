// Descriptors of the system: one that is closed where its owner ends, and how many there may be.
#pragma once

#include <cstddef>
#include <unistd.h>
#include <utility>

namespace vault_mock::net {

class Descriptor {
 public:
  Descriptor() = default;                               // none
  explicit Descriptor(int number) : number_(number) {}  // negative: none
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_ = -1;
};

// Lets this process have as many descriptors as it may (the hard limit). The number it has then.
std::size_t raise_descriptor_limit();

}  // namespace vault_mock::net
