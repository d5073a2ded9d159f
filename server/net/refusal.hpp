// Why a request is turned away before it reaches a handler.
#pragma once

#include <string_view>

namespace vault_mock::net {

struct Refusal {
  int status = 400;
  std::string_view reason;  // a sentence for people, with static storage unless said otherwise
};

}  // namespace vault_mock::net
