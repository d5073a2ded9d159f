// Why the mock cannot listen at a port, and what to do, in the same words wherever it is said.
#pragma once

#include <string>
#include <string_view>

#include "net/listener.hpp"

namespace vault_mock::app {

struct BindWords {
  std::string trouble;  // "port 4010 is in use"
  std::string remedy;   // "stop what listens there, or choose another with --port (0 takes any free one)"
};

// `option` is the one that chose the port: "--port", "--tls-port".
BindWords bind_words(const net::BindError& error, int port, std::string_view option);

}  // namespace vault_mock::app
