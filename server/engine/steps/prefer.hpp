// The Prefer header (RFC 7240): an answer asked for by the request itself.
//
//   Prefer: code=402          answer with that status in the vendor's shape   (Prism's preference)
//   Prefer: wait=2            answer after that many seconds                   (RFC 7240's preference)
//   Prefer: code=503, wait=1  both; several Prefer headers count as one
//
// Names are read in any case, values may be quoted; unknown preferences are ignored, as the RFC asks, with
// advice about those that look like a slip.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "contract/contract.hpp"
#include "text/headers.hpp"

namespace vault_mock::engine {

struct Preferences {
  std::optional<int> code;                   // 200 to 599
  std::optional<std::chrono::seconds> wait;  // at most ten minutes
  std::vector<std::string> advice;           // sentences about what cannot be used: "code=abc", "status=402"

  // The value of the answer's preference-applied header; empty when nothing applies.
  std::string applied() const;
};

Preferences read_preferences(std::span<const text::HeaderView> headers);

}  // namespace vault_mock::engine
