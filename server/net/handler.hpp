// The seam between a transport and what it serves.
#pragma once

#include <string_view>

#include "net/answer.hpp"
#include "net/refusal.hpp"
#include "net/request.hpp"

namespace vault_mock::net {

// Owned by whoever made it; outlives the server. Called from many threads at once. May block, but in
// report(): the transports then serve others from other threads.
class Handler {
 public:
  virtual ~Handler() = default;

  // What it throws becomes a refusal with 500.
  virtual Answer handle(const Request& request) = 0;

  // The answer to a request that handle() never sees: it could not be read (400, 405, 408, 413, 414, 417,
  // 431, 501, 505), httplib has no thread left to stream its answer (503), or handle() threw (500; the reason
  // is what the exception says). The connection closes behind it.
  virtual Answer refuse(const Refusal& refusal) = 0;

  // Logs what cost a connection its answer: an exception of the server's own, or a lack of memory.
  // Must return soon: other connections may wait for it.
  virtual void report(std::string_view failure) = 0;
};

}  // namespace vault_mock::net
