// What requests leave in the log: one entry for each, with method, path, status, microseconds, consumer, what
// decided and request id, and where there are some, delay, fault, why it failed and a hint; then its advice,
// each in an entry of its own. At level error is what is the mock's own fault, at level warn advice and what
// the mock refused though nobody asked it to; all else is at level info.
//
// Keys are masked and bodies left out; at debug level an entry with the headers (keys masked) and the body
// follows.
#pragma once

#include <chrono>
#include <memory>

#include "engine/engine.hpp"
#include "site/log.hpp"
#include "site/mask.hpp"

namespace vault_mock::site {

class AccessLog {
 public:
  // Threads: any may write at once.
  AccessLog(std::shared_ptr<const Log> log, Mask mask) : log_(std::move(log)), mask_(std::move(mask)) {}

  void write(const engine::ApiRequest& request, const engine::Outcome& outcome,
             std::chrono::nanoseconds took) const;
  // A request that never became one: a warning. What is the mock's own fault (500, 503) is an error.
  void write_refusal(int status, std::string_view reason) const;
  // What cost a client its answer, or a part of it, and is the mock's own fault.
  void write_fault(std::string_view failure) const;
  // What was dropped to stay within the bounds of memory.
  void write_bounds(std::string_view text) const;

 private:
  const std::shared_ptr<const Log> log_;
  const Mask mask_;
};

}  // namespace vault_mock::site
