// The list of a Content-Encoding and a body: undone within the bound, or refused with words and a status.
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/in_two.hpp"
#include "text/content_coding.hpp"

namespace vault_mock::fuzz {

void undo_codings(std::string_view bytes) {
  constexpr std::size_t kMost = 10'000;
  const auto [codings, body] = in_two(bytes);
  const text::HeaderView header{"content-encoding", codings};
  const auto headers = std::span(&header, 1);
  const auto plain = text::decoded_body(headers, body, kMost);
  if (!text::is_encoded(headers)) return require(plain == body, "without a coding the body is as it came");
  if (plain) return require(plain->size() <= kMost, "no body unfolds beyond the bound");
  const auto& fault = plain.error();
  require(fault.status == 400 || fault.status == 413 || fault.status == 415, "a refusal has its status");
  require(!fault.reason.empty() && !fault.suggestion.empty(), "a refusal says why, and what to do");
}

}  // namespace vault_mock::fuzz
