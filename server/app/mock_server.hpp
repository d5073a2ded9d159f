// A mock behind its HTTP server: what serve() runs until a signal, and vault-mock/ in another program.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "app/files/ready_file.hpp"
#include "app/machine/local_url.hpp"
#include "app/mock.hpp"
#include "app/serve_options.hpp"
#include "net/server.hpp"
#include "site/log.hpp"

namespace vault_mock::app {

// Owns the mock, the server and the ready file.
class MockServer {
 public:
  // Listens for HTTP, and for HTTPS where the options ask for it: clients can connect when it returns, and
  // are served from run() on. The error is a report ready to print: what is wrong and what to do.
  static tl::expected<std::unique_ptr<MockServer>, std::string> create(
      const ServeOptions& options, const std::shared_ptr<const site::Log>& log);

  // Not while run() runs. Whatever handlers still use stays for as long as the process does.
  ~MockServer();
  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  const Urls& urls() const { return urls_; }
  Mock& mock() { return *mock_; }

  // Writes the file of --ready-file, if there is one; it goes with the MockServer. The error says what to do.
  tl::expected<void, std::string> write_ready_file();

  // Serves until stop(), which any thread may call. Call it once.
  net::Server::Stopped run();
  void stop() { server_->stop(); }

 private:
  MockServer(ReadyFile ready_file, std::unique_ptr<Mock> mock, std::shared_ptr<net::Server> server);

  tl::expected<void, std::string> listen(const ServeOptions& options,
                                         const std::shared_ptr<const site::Log>& log);

  ReadyFile ready_file_;
  std::unique_ptr<Mock> mock_;
  std::shared_ptr<net::Server> server_;
  Urls urls_;
  net::Server::Stopped stopped_ = net::Server::Stopped::cleanly;
};

}  // namespace vault_mock::app
