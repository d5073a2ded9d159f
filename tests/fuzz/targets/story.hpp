// What a connection's bytes are read as.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "net/request/request_reader.hpp"

namespace vault_mock::fuzz {

// Each request in words, read from input that arrives in pieces of that size; at the end "refused", or "…"
// for one that has begun and not ended.
std::string story_of(std::string_view bytes, std::size_t piece_size,
                     const std::function<void(const net::Request&)>& on_request);

}  // namespace vault_mock::fuzz
