// The addresses of a host, asked for in a thread of its own: the system's resolver may take as long as it
// likes. Who gives up waiting drops its pointer, or waits for the same lookup the next time.
#pragma once

#include <atomic>
#include <memory>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <vector>

#include "redis/address.hpp"
#include "redis/wake.hpp"

namespace vault_mock::redis {

struct SocketAddress {
  sockaddr_storage bytes{};
  socklen_t size = 0;
};

class Lookup {
 public:
  // Wakes when it is done. What is an address already is done at once.
  static std::shared_ptr<const Lookup> begin(const Address& address, std::shared_ptr<const Wake> wake);

  bool is_done() const { return is_done_.load(std::memory_order_acquire); }
  // Once it is done: at least one, or why there is none.
  const std::vector<SocketAddress>& found() const { return found_; }
  const std::string& problem() const { return problem_; }

 private:
  void look(const Address& address, int flags);

  std::vector<SocketAddress> found_;
  std::string problem_;
  std::atomic<bool> is_done_{false};
};

}  // namespace vault_mock::redis
