// Every fuzz target on its seeds, on what once broke it, and on simple mutations of both: the same ones each
// time. The real fuzzing, guided by coverage, is `./dev fuzz`.
#include <gtest/gtest.h>
#include <random>

#include "fuzz/target.hpp"

namespace vault_mock::fuzz {
namespace {

constexpr std::size_t kMutations = 1'000;  // for each target

// One to three changes: a byte, a piece cut out, doubled, or taken from another input.
std::string mutated(std::string input, const std::vector<std::string>& others, std::mt19937& dice) {
  const auto below = [&](std::size_t bound) { return bound == 0 ? 0 : dice() % bound; };
  constexpr std::string_view kTelling("\"\\{}[]:,/~%@.-+0 9\r\n\0\x7F\x80\xFF{{}}", 28);
  for (auto changes = 1 + below(3); changes > 0; --changes) {
    const auto at = below(input.size() + 1);
    const auto length = std::min(1 + below(16), input.size() - at);
    const auto& other = others[below(others.size())];
    switch (below(5)) {
      case 0:
        input.insert(at, 1, kTelling[below(kTelling.size())]);
        break;
      case 1:
        if (at < input.size()) input[at] = static_cast<char>(dice());
        break;
      case 2:
        input.erase(at, length);
        break;
      case 3:
        input.insert(at, input.substr(at, length));
        break;
      default:
        input.insert(at, other.substr(below(other.size() + 1), below(64)));
    }
  }
  return input;
}

class FuzzTarget : public testing::TestWithParam<const Target*> {
 protected:
  static void run(const std::string& input) {
    try {
      GetParam()->run(input);
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what() << "\nwith the input " << testing::PrintToString(input);
    }
  }
};

TEST_P(FuzzTarget, StandsItsSeedsAndWhatOnceBrokeIt) {
  const auto seeds = GetParam()->seeds();
  ASSERT_FALSE(seeds.empty());
  for (const auto& seed : seeds) run(seed);
  for (const auto& input : found_inputs(GetParam()->name)) run(input);
}

TEST_P(FuzzTarget, StandsMutationsOfThem) {
  auto inputs = GetParam()->seeds();
  for (auto& input : found_inputs(GetParam()->name)) inputs.push_back(std::move(input));
  std::erase_if(inputs, [](const auto& input) { return input.size() > 4096; });
  ASSERT_FALSE(inputs.empty());
  std::mt19937 dice(1);
  for (std::size_t i = 0; i < kMutations && !HasFailure(); ++i)
    run(mutated(inputs[i % inputs.size()], inputs, dice));
}

std::vector<const Target*> all() {
  std::vector<const Target*> list;
  for (const auto& target : targets()) list.push_back(&target);
  return list;
}

INSTANTIATE_TEST_SUITE_P(All, FuzzTarget, testing::ValuesIn(all()), [](const auto& info) {
  std::string name(info.param->name);
  std::erase(name, '-');
  return name;
});

}  // namespace
}  // namespace vault_mock::fuzz
