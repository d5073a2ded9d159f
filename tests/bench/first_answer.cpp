// How long the program takes to its first answer and, idle again, from SIGTERM to its end.
//
//     first_answer TIMES PROGRAM [OPTIONS...]   → {"first_answer_ms":[…],"exit_ms":[…],"processor_ms":[…]}
//
// From before the process is made to the first byte received, by a client that knocks every tenth of a
// millisecond.
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spawn.h>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "bench/session_request.hpp"

namespace vault_mock::bench {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

double milliseconds_since(Clock::time_point then) {
  return std::chrono::duration<double, std::milli>(Clock::now() - then).count();
}

double milliseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(2);
}

sockaddr_in local_address(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int free_port() {
  auto address = local_address(0);
  socklen_t size = sizeof address;
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    fail("bind");
  ::close(socket);
  return ntohs(address.sin_port);
}

pid_t start(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  errno = ::posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  if (errno != 0) fail(arguments[0]);
  posix_spawn_file_actions_destroy(&actions);
  return child;
}

void wait_for_answer(int port, const std::string& request) {
  const auto address = local_address(port);
  const auto limit = Clock::now() + 30s;
  while (true) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
      char byte = 0;
      if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) < 0 ||
          ::recv(socket, &byte, 1, 0) != 1)
        fail("the first request");
      ::close(socket);
      return;
    }
    ::close(socket);
    if (Clock::now() > limit) fail("the program does not listen");
    std::this_thread::sleep_for(100us);
  }
}

int measure(int times, std::vector<std::string> words) {
  std::vector<double> starts, exits, work;
  const auto request = session_request(0, "consumer");
  words.insert(words.end(), {"--port", ""});
  for (int i = 0; i < times; ++i) {
    const int port = free_port();
    words.back() = std::to_string(port);
    auto began = Clock::now();
    const pid_t child = start(words);
    wait_for_answer(port, request);
    starts.push_back(milliseconds_since(began));

    std::this_thread::sleep_for(50ms);
    began = Clock::now();
    ::kill(child, SIGTERM);
    int status = 0;
    rusage used{};
    ::wait4(child, &status, 0, &used);
    exits.push_back(milliseconds_since(began));
    work.push_back(milliseconds(used.ru_utime) + milliseconds(used.ru_stime));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) fail("the program did not end with 0");
  }
  fmt::print(R"({{"first_answer_ms":[{:.2f}],"exit_ms":[{:.2f}],"processor_ms":[{:.2f}]}})"
             "\n",
             fmt::join(starts, ","), fmt::join(exits, ","), fmt::join(work, ","));
  return 0;
}

}  // namespace
}  // namespace vault_mock::bench

int main(int count, char** words) {
  if (count < 3) return std::fputs("Usage: first_answer TIMES PROGRAM [OPTIONS...]\n", stderr), 2;
  return vault_mock::bench::measure(std::atoi(words[1]), {words + 2, words + count});
}
