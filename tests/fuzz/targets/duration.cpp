// Durations as users write them: what is read can be written, and reads as the same.
#include "text/duration.hpp"

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"

namespace vault_mock::fuzz {

void read_duration(std::string_view bytes) {
  const auto duration = text::parse_duration(bytes);
  if (!duration) return;
  constexpr auto kMost = std::chrono::years(1001);
  require(*duration <= kMost && *duration >= -kMost, "a duration within its bounds");
  const auto written = text::format_duration(*duration);
  require(text::parse_duration(written) == duration, "a duration reads as it is written: " + written);
}

}  // namespace vault_mock::fuzz
