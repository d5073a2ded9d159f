// Our connection layer under the same handler as stock_server.cpp. Ends at the end of its input or on
// SIGTERM.
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "bench/constant_answer.hpp"
#include "net/server.hpp"

namespace {
vault_mock::net::Server* server = nullptr;

class Constant final : public vault_mock::net::Handler {
 public:
  vault_mock::net::Answer handle(const vault_mock::net::Request&) override {
    return {.headers = {{"content-type", "application/json"}}, .body = vault_mock::bench::constant_body()};
  }
  vault_mock::net::Answer refuse(const vault_mock::net::Refusal& refusal) override {
    return {.status = refusal.status, .body = std::string(refusal.reason)};
  }
  void report(std::string_view) override {}
};

}  // namespace

int main(int count, char** arguments) {
  using namespace vault_mock::net;
  ServerOptions options;
  if (count > 1) options.loops = static_cast<unsigned>(std::atoi(arguments[1]));
  Constant handler;
  const auto constant = Server::create(options, handler);
  server = constant.get();
  for (const int signal : {SIGTERM, SIGINT}) std::signal(signal, [](int) { server->stop(); });
  const auto port = constant->bind("127.0.0.1", 0);
  if (!port) return std::fprintf(stderr, "%s\n", port.error().message.c_str()), 1;
  std::printf("%d\n", *port);
  std::fflush(stdout);
  return constant->run() == Server::Stopped::cleanly ? 0 : 1;
}
