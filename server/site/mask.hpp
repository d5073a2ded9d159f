// Keys as logs and journals show them: enough to tell two apart, and not enough to use one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vault_mock::site {

// Immutable; any thread may use it.
class Mask {
 public:
  // `key` makes the hashes. A new one in each process keeps what it shows of no use to another.
  explicit Mask(std::string key) : key_(std::move(key)) {}

  // Of the value of a header that proves who asks. "Bearer sk_l…#3f9a2c1b": the start of a long key, and a
  // keyed hash.
  std::string masked(std::string_view authorization) const;

  // The value of a header as it may be shown: masked where the header proves who asks.
  std::string shown(std::string_view header, std::string_view value) const;

  // A keyed hash of `secret`, its first `bytes` in hexadecimal.
  std::string hash(std::string_view secret, std::size_t bytes) const;

 private:
  std::string key_;
};

}  // namespace vault_mock::site
