// Our connection layer under the same handler as stock_server.cpp. Ends at the end of its input or on
// SIGTERM.
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "bench/constant_answer.hpp"
#include "net/epoll/epoll_server.hpp"

namespace {
vault_mock::net::ConnectionServer* server = nullptr;
}

int main(int count, char** arguments) {
  using namespace vault_mock::net;
  ServerOptions options;
  if (count > 1) options.loops = static_cast<unsigned>(std::atoi(arguments[1]));
  ConnectionServer constant(
      options,
      [](const RequestHead&, const std::string&, httplib::Response& response) {
        vault_mock::bench::answer(response);
        return Delivery{};
      },
      [](const Refusal& refusal, httplib::Response& response) {
        response.set_content(std::string(refusal.reason), "text/plain");
      });
  server = &constant;
  for (const int signal : {SIGTERM, SIGINT}) std::signal(signal, [](int) { server->stop(); });
  const auto port = constant.bind("127.0.0.1", 0);
  if (!port) return std::fprintf(stderr, "%s\n", port.error().message.c_str()), 1;
  std::printf("%d\n", *port);
  std::fflush(stdout);
  return constant.run() == ConnectionServer::Stopped::cleanly ? 0 : 1;
}
