// What faults do to the bytes of an answer. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vault_mock::net {

// Of a whole answer: where its body begins, or its size where it has none.
std::size_t head_size(std::string_view answer);

// All of the head, and half of the body.
void cut_body_in_half(std::string& answer);

}  // namespace vault_mock::net
