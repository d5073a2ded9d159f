#include "rules/rule.hpp"

namespace vault_mock::rules {

// Measured: a small rule takes about a kilobyte; its text is kept as text, as JSON values, and as parts of
// conditions and answers.
std::size_t Rule::bytes() const {
  constexpr std::size_t kParts = 512;
  constexpr std::size_t kCopies = 5;
  // What RE2 keeps of a text that it searches is bounded by twice as much (text/regex.cpp); few patterns need
  // it.
  constexpr std::size_t kPattern = 64 * 1024;
  return sizeof *this + kParts + kCopies * source.size() + kPattern * patterns;
}

}  // namespace vault_mock::rules
