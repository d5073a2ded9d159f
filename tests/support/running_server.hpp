// A ConnectionServer that runs in a thread of the test, on a free port, until the test ends.
#pragma once

#include <gtest/gtest.h>
#include <httplib.h>
#include <memory>
#include <thread>
#include <utility>

#include "net/epoll/epoll_server.hpp"
#include "support/raw_client.hpp"

namespace vault_mock::support {

// Says the status and the reason, so that tests can tell refusals apart.
inline void respond_plainly(const net::Refusal& refusal, httplib::Response& response) {
  response.set_content(std::to_string(refusal.status) + ": " + std::string(refusal.reason), "text/plain");
}

class RunningServer {
 public:
  explicit RunningServer(net::RequestHandler handler, net::ServerOptions options = {})
      : server(options, std::move(handler), respond_plainly) {
    const auto bound = server.bind("127.0.0.1", 0);
    if (!bound) throw std::runtime_error(bound.error().message);
    port = *bound;
    thread_ = std::thread([this] { stopped = server.run(); });
  }
  ~RunningServer() { stop(); }

  void stop() {
    server.stop();
    if (thread_.joinable()) thread_.join();
  }

  RawClient connect() const { return RawClient(port); }
  // One request on a connection of its own.
  std::string ask(std::string_view request) const {
    auto client = connect();
    client.send(request);
    return client.read_answer();
  }

  net::ConnectionServer server;
  std::uint16_t port = 0;
  net::ConnectionServer::Stopped stopped = net::ConnectionServer::Stopped::cleanly;

 private:
  std::thread thread_;
};

}  // namespace vault_mock::support
