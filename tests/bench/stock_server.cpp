// The yardstick: httplib as it comes, at its best (no delay, enough threads), answering a constant.
#include <cstdio>
#include <httplib.h>

#include "bench/constant_answer.hpp"

int main() {
  httplib::Server server;
  server.new_task_queue = [] { return new httplib::ThreadPool(64); };
  server.set_tcp_nodelay(true);
  server.set_keep_alive_max_count(1'000'000'000);
  const auto answer = [](const httplib::Request&, httplib::Response& response) {
    response.set_content(vault_mock::bench::constant_body(), "application/json");
  };
  server.Get(".*", answer);
  server.Post(".*", answer);
  std::printf("%d\n", server.bind_to_any_port("127.0.0.1"));
  std::fflush(stdout);
  server.listen_after_bind();
}
