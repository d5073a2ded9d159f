// The line before a chunk: its size, and extensions, which mean nothing here (RFC 9112, 7.1 and 7.1.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>

#include "net/refusal.hpp"

namespace vault_mock::net {

struct ChunkSize {
  std::uint64_t size = 0;
  std::size_t digits = 0;  // that the line begins with
};

// `line` is without its CRLF. Refuses with 400 what breaks the grammar, and with 413 a size above `at_most`.
tl::expected<ChunkSize, Refusal> read_chunk_size(std::string_view line, std::uint64_t at_most);

}  // namespace vault_mock::net
