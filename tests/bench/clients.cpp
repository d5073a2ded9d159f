// Many clients at once, each on a keep-alive connection of its own, from one thread.
//
//     clients ask PORT COUNT SECONDS   each asks for sessions, one after the other; at the end one line of
//     JSON tells
//                                      how the requests and the waiting were shared out
//     clients hold PORT COUNT          all connect, and do nothing until the input ends; "held" is printed
//     when they are
//                                      there
#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

#include "bench/session_request.hpp"

namespace vault_mock::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Client {
  int socket = -1;
  int number = 0;
  int answered = 0;
  std::string answer;  // the part that is here
  Clock::time_point asked{};
};

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(2);
}

int connected_socket(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) fail("socket");
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("connect");
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket;
}

std::vector<Client> connect_all(int port, int count) {
  const rlimit limit{static_cast<rlim_t>(count) + 100, static_cast<rlim_t>(count) + 100};
  rlimit now{};
  if (::getrlimit(RLIMIT_NOFILE, &now) == 0 && now.rlim_cur < limit.rlim_cur &&
      ::setrlimit(RLIMIT_NOFILE, &limit) != 0)
    fail("raising the limit of open files");
  std::vector<Client> clients(static_cast<std::size_t>(count));
  for (int number = 0; auto& client : clients) {
    client.socket = connected_socket(port);
    client.number = number++;
  }
  return clients;
}

void ask(Client& client) {
  const auto request = session_request(client.answered, fmt::format("consumer-{}", client.number));
  client.answer.clear();
  client.asked = Clock::now();
  if (::send(client.socket, request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size()))
    fail("send");
}

// Whether the whole answer is here. One that is no success ends the program.
bool receive(Client& client) {
  char bytes[16 * 1024];
  const auto count = ::recv(client.socket, bytes, sizeof bytes, 0);
  if (count <= 0) fail("recv");
  client.answer.append(bytes, static_cast<std::size_t>(count));
  const auto head = client.answer.find("\r\n\r\n");
  if (head == std::string::npos) return false;
  constexpr std::string_view kLength = "Content-Length: ";
  const auto length = client.answer.find(kLength);
  if (!client.answer.starts_with("HTTP/1.1 200 ") || length > head) {
    std::fprintf(stderr, "an answer that was not expected: %s\n", client.answer.c_str());
    std::exit(2);
  }
  return client.answer.size() >=
         head + 4 + std::strtoul(client.answer.c_str() + length + kLength.size(), nullptr, 10);
}

void report(std::vector<Client>& clients, std::vector<double>& waits) {
  const auto [least, most] =
      std::ranges::minmax(clients, {}, [](const Client& client) { return client.answered; });
  std::ranges::sort(waits);
  const auto share = [&](double part) {
    return waits.empty() ? 0 : waits[static_cast<std::size_t>(part * static_cast<double>(waits.size() - 1))];
  };
  fmt::print(
      R"({{"requests":{},"least":{},"most":{},"median_ms":{:.3f},"p99_ms":{:.3f},"longest_ms":{:.3f}}})"
      "\n",
      waits.size(), least.answered, most.answered, share(0.5), share(0.99), share(1));
}

int ask_all(int port, int count, double seconds) {
  auto clients = connect_all(port, count);
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  for (auto& client : clients) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &client;
    if (::epoll_ctl(poll, EPOLL_CTL_ADD, client.socket, &event) != 0) fail("epoll_ctl");
  }
  for (auto& client : clients) ask(client);
  const auto end =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  std::vector<double> waits;
  std::vector<epoll_event> events(256);
  for (auto under_way = clients.size(); under_way > 0;) {
    const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 30'000);
    if (ready <= 0) fail("no answer for 30 s");
    for (int i = 0; i < ready; ++i) {
      auto& client = *static_cast<Client*>(events[static_cast<std::size_t>(i)].data.ptr);
      if (!receive(client)) continue;
      const auto now = Clock::now();
      waits.push_back(std::chrono::duration<double, std::milli>(now - client.asked).count());
      ++client.answered;
      if (now < end)
        ask(client);
      else
        --under_way;
    }
  }
  report(clients, waits);
  return 0;
}

int hold_all(int port, int count) {
  const auto clients = connect_all(port, count);
  std::puts("held");
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}

}  // namespace
}  // namespace vault_mock::bench

int main(int count, char** words) {
  using namespace vault_mock::bench;
  const std::string_view what = count > 1 ? words[1] : "";
  if (what == "ask" && count == 5)
    return ask_all(std::atoi(words[2]), std::atoi(words[3]), std::atof(words[4]));
  if (what == "hold" && count == 4) return hold_all(std::atoi(words[2]), std::atoi(words[3]));
  std::fputs("Usage: clients ask PORT COUNT SECONDS | clients hold PORT COUNT\n", stderr);
  return 2;
}
