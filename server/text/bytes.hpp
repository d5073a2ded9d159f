// Numbers and texts in a row of bytes, small and quick to write: what leaves the program and comes back.
//
//   number   seven bits in each byte, the lowest first; all bytes but the last have their highest bit set
//   signed   a number: 0, -1, 1, -2, …
//   text     its length as a number, then its bytes
//
// Nothing says what a byte belongs to: whoever reads must know what was written, so begin with a version.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace vault_mock::text {

class ByteWriter {
 public:
  // `expected`: about how many bytes there will be.
  explicit ByteWriter(std::size_t expected) { bytes_.reserve(expected); }

  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
    bytes_.push_back(static_cast<char>(value));
  }
  void signed_number(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    number((bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
  }
  void text(std::string_view text) {
    number(text.size());
    bytes_.append(text);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads any bytes. From the first thing on that is not there, or out of its bounds, all is 0 and empty, and
// is_good() is false: ask it once, at the end.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  bool is_good() const { return is_good_; }
  // Everything was read, and was good.
  bool is_done() const { return is_good_ && rest_.empty(); }
  void fail() {
    is_good_ = false;
    rest_ = {};
  }

  std::uint64_t number(std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      const auto bits = static_cast<std::uint64_t>(byte & 0x7F);
      if (shift == 63 && bits > 1) break;  // it has more than 64 bits
      value |= bits << shift;
      if ((byte & 0x80) == 0) return value <= most ? value : failed();
    }
    return failed();
  }
  std::int64_t signed_number(std::int64_t least, std::int64_t most) {
    const auto bits = number();
    const auto value =
        std::bit_cast<std::int64_t>((bits >> 1) ^ ((bits & 1) != 0 ? ~std::uint64_t{0} : std::uint64_t{0}));
    if (value >= least && value <= most) return value;
    fail();
    return 0;
  }
  // How many things follow, each of which takes so many bytes at least.
  std::size_t count(std::size_t bytes_of_each) {
    const auto value = number();
    return value <= rest_.size() / bytes_of_each ? static_cast<std::size_t>(value) : failed();
  }
  // A view into the bytes.
  std::string_view text() {
    const auto size = count(1);
    const auto text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }

 private:
  std::uint64_t failed() {
    fail();
    return 0;
  }

  std::string_view rest_;
  bool is_good_ = true;
};

}  // namespace vault_mock::text
