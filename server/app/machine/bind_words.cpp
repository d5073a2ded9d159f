#include "app/machine/bind_words.hpp"

#include <cerrno>
#include <fmt/format.h>

namespace vault_mock::app {

BindWords bind_words(const net::BindError& error, int port, std::string_view option) {
  switch (error.code) {
    case EADDRINUSE:
      return {
          fmt::format("port {} is in use", port),
          fmt::format("stop what listens there, or choose another with {} (0 takes any free one)", option)};
    case EACCES:
      return {fmt::format("port {} needs more privileges", port),
              fmt::format("choose one above 1023 with {}", option)};
    case EMFILE:
    case ENFILE:
      return {"too few file descriptors: the event loops alone take two for each processor",
              "raise the limit (ulimit -n)"};
    default:
      return {error.message, fmt::format("check --host and {}", option)};
  }
}

}  // namespace vault_mock::app
