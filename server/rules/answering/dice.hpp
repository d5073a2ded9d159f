// Chance comes as an argument, so that the same seed gives the same answers.
#pragma once

#include <functional>
#include <string>

namespace vault_mock::rules {

// Each call gives the next number, evenly spread over [0, 1).
using Dice = std::function<double()>;

// A version 4 UUID thrown with the dice (RFC 4122), in lower case.
std::string throw_uuid(const Dice& dice);

// A number of the standard normal distribution (Box-Muller: two throws).
double throw_normal(const Dice& dice);

}  // namespace vault_mock::rules
