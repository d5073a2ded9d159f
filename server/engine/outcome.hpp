// What the engine makes of a request: the answer, how it is to be delivered, and why it is this one.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "engine/trace.hpp"
#include "rules/answering/answer_template.hpp"
#include "text/headers.hpp"

namespace vault_mock::engine {

struct Response {
  int status = 200;
  std::vector<text::Header> headers;  // names in lower case; content-length is the shell's to add
  std::string body;
  std::string reason = {};  // of a failure of the mock's own making: its detail, for the log; else empty
};

struct Outcome {
  Response response;
  std::chrono::microseconds delay{0};  // before the first byte
  rules::Fault fault;
  Trace trace;
};

}  // namespace vault_mock::engine
