// Times as users write them: what is read can be written, and reads as the same.
#include "text/timestamp.hpp"

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"

namespace vault_mock::fuzz {

void read_timestamp(std::string_view bytes) {
  const auto time = text::parse_timestamp(bytes);
  if (!time) return;
  const auto written = text::format_timestamp(*time);
  require(text::parse_timestamp(written) == time, "a time reads as it is written: " + written);
}

}  // namespace vault_mock::fuzz
