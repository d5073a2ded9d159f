// One line for each request: method, path, status, microseconds, consumer, what decided, request id; then its
// advice.
//
// Keys are masked and bodies left out; at debug level the headers (keys masked) and the body follow.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "engine/engine.hpp"

namespace spdlog {
class logger;
}

namespace vault_mock::site {

class AccessLog {
 public:
  enum class Format { text, json };

  // Threads: any may write at once.
  AccessLog(std::shared_ptr<spdlog::logger> logger, Format format, std::string mask_key);

  void write(const engine::ApiRequest& request, const engine::Outcome& outcome,
             std::chrono::nanoseconds took);
  // A request that never became one.
  void write_refusal(int status, std::string_view reason);
  // What the user should know of the mock itself.
  void write_notice(std::string_view text);

 private:
  const std::shared_ptr<spdlog::logger> logger_;
  const Format format_;
  const std::string mask_key_;  // makes the hashes that stand for keys
};

}  // namespace vault_mock::site
