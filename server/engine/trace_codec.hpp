// A trace as bytes, which another replica of the mock reads: what Explanation::data() consists of.
//
// The first byte is the version of the format: whoever changes the format counts it on, and reads no other.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/trace.hpp"

namespace vault_mock::engine {

std::string write_trace(const RecordedTrace& trace);
// Nothing: the bytes are not a trace, or one of another version. Reads any bytes; texts in it may be no UTF-8.
std::optional<RecordedTrace> read_trace(std::string_view bytes);

}  // namespace vault_mock::engine
