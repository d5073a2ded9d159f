// A server that runs in a thread of the test, on a free port, until the test ends; and tests that run once
// with each transport.
#pragma once

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "net/server.hpp"
#include "support/eventually.hpp"
#include "support/raw_client.hpp"

namespace vault_mock::support {

inline net::Answer text_answer(std::string body, net::Delivery delivery = {}) {
  return {.headers = {{"Content-Type", "text/plain"}}, .body = std::move(body), .delivery = delivery};
}

// Answers as a function does. Refusals say status and reason, so that tests can tell them apart.
class FunctionHandler final : public net::Handler {
 public:
  using Function = std::function<net::Answer(const net::Request&)>;
  explicit FunctionHandler(Function function) : function_(std::move(function)) {}

  net::Answer handle(const net::Request& request) override { return function_(request); }
  net::Answer refuse(const net::Refusal& refusal) override {
    auto answer = text_answer(std::to_string(refusal.status) + ": " + std::string(refusal.reason));
    answer.status = refusal.status;
    return answer;
  }
  void report(std::string_view) override {}

 private:
  const Function function_;
};

// Speaks HTTP on `port`, and, with `tls`, HTTPS on `tls_port`.
class RunningServer {
 public:
  explicit RunningServer(FunctionHandler::Function function, net::ServerOptions options = {},
                         std::shared_ptr<const net::TlsContext> tls = nullptr)
      : handler_(std::move(function)), server(net::Server::create(options, handler_)) {
    port = bind(nullptr);
    if (tls) tls_port = bind(std::move(tls));
    thread_ = std::thread([this] { stopped = server->run(); });
  }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;
  ~RunningServer() { stop(); }

  void stop() {
    server->stop();
    if (thread_.joinable()) thread_.join();
  }

  RawClient connect() const { return RawClient(port); }
  // Whether there will be that many connections.
  bool comes_to_connections(std::size_t count) const {
    return eventually([&] { return server->connections() == count; });
  }
  // One request on a connection of its own.
  std::string ask(std::string_view request) const {
    auto client = connect();
    client.send(request);
    return client.read_answer();
  }

 private:
  std::uint16_t bind(std::shared_ptr<const net::TlsContext> tls) {
    const auto bound = server->bind("127.0.0.1", 0, std::move(tls));
    if (!bound) throw std::runtime_error(bound.error().message);
    return *bound;
  }

  FunctionHandler handler_;

 public:
  const std::shared_ptr<net::Server> server;
  std::uint16_t port = 0;
  std::uint16_t tls_port = 0;
  net::Server::Stopped stopped = net::Server::Stopped::cleanly;

 private:
  std::thread thread_;
};

// class Delivery : public OnEachTransport {};  ON_EACH_TRANSPORT(Delivery);  TEST_P(Delivery, …) { auto
// server = serve(…); }
class OnEachTransport : public testing::TestWithParam<net::Transport> {
 protected:
  static RunningServer serve(FunctionHandler::Function function, net::ServerOptions options = {}) {
    return RunningServer(std::move(function), on_transport(options));
  }
  static net::ServerOptions on_transport(net::ServerOptions options = {}) {
    options.transport = GetParam();
    return options;
  }
};

#define ON_EACH_TRANSPORT(Suite)                                                          \
  INSTANTIATE_TEST_SUITE_P(                                                               \
      Transports, Suite, testing::Values(net::Transport::epoll, net::Transport::httplib), \
      [](auto& tested) { return tested.param == net::Transport::epoll ? "epoll" : "httplib"; })

}  // namespace vault_mock::support
