// Foreign bytes as a row of choices: what a fuzzer varies is then a well-formed thing, another one for each
// byte.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace vault_mock::fuzz {

class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}

  bool left() const { return !bytes_.empty(); }
  // A number below `bound`; 0 when no bytes are left.
  std::size_t below(std::size_t bound) {
    if (bytes_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return byte % bound;
  }
  bool yes() { return below(2) == 1; }
  template <typename T, std::size_t N>
  const T& one_of(const T (&list)[N]) {
    return list[below(N)];
  }
  template <typename T, std::size_t N>
  const T& one_of(const std::array<T, N>& list) {
    return list[below(N)];
  }
  template <typename T>
  const T& one_of(std::span<const T> list) {
    return list[below(list.size())];
  }
  // The next bytes as they are, at most `most`.
  std::string_view take(std::size_t most) {
    const auto taken = bytes_.substr(0, most);
    bytes_.remove_prefix(taken.size());
    return taken;
  }

 private:
  std::string_view bytes_;
};

}  // namespace vault_mock::fuzz
