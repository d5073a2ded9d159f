// What an examination found.
#pragma once

#include <string>
#include <vector>

namespace vault_mock::app {

struct Finding {
  enum class Level {
    fine,
    warning,  // some clients may stumble over it
    problem,  // the mock will not start, or will answer wrongly
  };
  Level level = Level::fine;
  std::string text;
  std::string advice;  // what to do; empty when nothing is to be done
};

using Findings = std::vector<Finding>;

}  // namespace vault_mock::app
