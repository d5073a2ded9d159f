// Compares an answer of the mock with what a scenario expects.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/player/scenario.hpp"

namespace vault_mock::scenarios {

// An answer as it came, in process or over a socket.
struct Answer {
  int status = 0;
  HeaderList headers;  // names in lower case
  std::string body;
};

struct Difference {
  int line = 0;  // of the scenario
  std::string words;
};

// Empty: the answer is as expected. Delays are the transport's to compare.
std::vector<Difference> compare(const ExpectedAnswer& expected, const Answer& actual);

// Beyond what a scenario says, what holds for every answer of the mock: x-apideck-request-id is a version 4
// UUID, any origin may read the answer, and an error of the API has exactly the members of the vendor's
// errors.
std::vector<Difference> check_invariants(const Request& request, const Answer& answer);

// The answer as a reader would like to see it under a failure.
std::string to_text(const Answer& answer);

// The payload of the session token in the answer's body; nothing when there is none.
std::optional<std::string> claims_in(const Answer& answer);

}  // namespace vault_mock::scenarios
