// Randomness, passed as an argument so that the same seed gives the same answers.
#pragma once

#include <functional>
#include <string>

namespace vault_mock::rules {

// Each call returns the next number, uniformly distributed over [0, 1).
using Dice = std::function<double()>;

// A random UUID, version 4 (RFC 4122), in lower case.
std::string throw_uuid(const Dice& dice);

// A number from the standard normal distribution (Box-Muller; takes two numbers of the dice).
double throw_normal(const Dice& dice);

}  // namespace vault_mock::rules
