// The time of a space: the wall clock plus an offset, or frozen at a point in time. The wall clock is an
// argument.
#pragma once

#include <chrono>
#include <optional>

namespace vault_mock::spaces {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

// A value: copied whole; a space guards its own.
class Clock {
 public:
  Time now(Time wall) const { return frozen_ ? *frozen_ : wall + offset_; }

  // Stops at that time.
  void freeze(Time at) { frozen_ = at; }
  // Runs with the wall clock, that far ahead of it (behind it, where the offset is negative).
  void set_offset(std::chrono::milliseconds offset) {
    frozen_.reset();
    offset_ = offset;
  }
  // Moves by that much; a frozen clock stays frozen.
  void advance(std::chrono::milliseconds by) {
    if (frozen_)
      *frozen_ += by;
    else
      offset_ += by;
  }
  // Runs with the wall clock again, without an offset.
  void resume() { set_offset(std::chrono::milliseconds(0)); }

  bool is_frozen() const { return frozen_.has_value(); }
  std::chrono::milliseconds offset() const { return offset_; }

  friend bool operator==(const Clock&, const Clock&) = default;

 private:
  std::optional<Time> frozen_;
  std::chrono::milliseconds offset_{0};
};

}  // namespace vault_mock::spaces
