// The time of a space: the wall clock moved by an offset, or standing still. The wall clock comes as an
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

  // Stands still at that time.
  void freeze(Time at) { frozen_ = at; }
  // Runs, that far from the wall clock.
  void set_offset(std::chrono::milliseconds offset) {
    frozen_.reset();
    offset_ = offset;
  }
  // Jumps, and keeps standing or running.
  void advance(std::chrono::milliseconds by) {
    if (frozen_)
      *frozen_ += by;
    else
      offset_ += by;
  }
  // Runs on with the wall clock.
  void resume() { set_offset(std::chrono::milliseconds(0)); }

  bool is_frozen() const { return frozen_.has_value(); }
  std::chrono::milliseconds offset() const { return offset_; }

  friend bool operator==(const Clock&, const Clock&) = default;

 private:
  std::optional<Time> frozen_;
  std::chrono::milliseconds offset_{0};
};

}  // namespace vault_mock::spaces
