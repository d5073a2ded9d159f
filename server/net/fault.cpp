#include "net/fault.hpp"

#include <algorithm>

#include "net/request/request_head.hpp"

namespace vault_mock::net {

std::size_t head_size(std::string_view answer) { return std::min(end_of_head(answer, 0), answer.size()); }

void cut_body_in_half(std::string& answer) {
  const auto head = head_size(answer);
  answer.resize(head + (answer.size() - head) / 2);
}

}  // namespace vault_mock::net
