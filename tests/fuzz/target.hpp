// What is fuzzed: each target reads foreign bytes with a part of the program and holds the result to what
// must be true of it. A crash, a report of a sanitizer, an exception, a hang and a broken claim are all
// findings.
//
// The same targets run in two ways: under libFuzzer (`./dev fuzz`), and in the unit tests, which replay the
// seeds, every input that once broke something (found/), and simple mutations of both.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::fuzz {

struct Target {
  std::string_view name;
  std::string_view reads;  // in words
  void (*run)(std::string_view bytes);
  std::vector<std::string> (*seeds)();
};

std::span<const Target> targets();
const Target* find_target(std::string_view name);  // null: there is none

// The inputs of found/NAME, which once broke something, by file name.
std::vector<std::string> found_inputs(std::string_view target);

// A claim about a result that does not hold.
struct Broken : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void require(bool holds, const std::string& claim) {
  if (!holds) throw Broken(claim);
}

}  // namespace vault_mock::fuzz
