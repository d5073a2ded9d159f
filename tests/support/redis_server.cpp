#include "support/redis_server.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <spawn.h>
#include <sstream>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/descriptor.hpp"
#include "support/eventually.hpp"

namespace vault_mock::support {
namespace {

constexpr std::array kPlaces{"/usr/bin/redis-server", "/usr/local/bin/redis-server"};

const char* installed_redis() {
  const auto found =
      std::ranges::find_if(kPlaces, [](const char* place) { return ::access(place, X_OK) == 0; });
  return found == kPlaces.end() ? nullptr : *found;
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool takes_connections(std::uint16_t port) {
  const net::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto address = loopback(port);
  return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

std::uint16_t free_port() {
  const net::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  auto address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0) return 0;
  ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

bool RedisServer::is_installed() { return installed_redis() != nullptr; }

tl::expected<std::unique_ptr<RedisServer>, std::string> RedisServer::start(std::string folder,
                                                                           std::vector<std::string> options,
                                                                           bool over_tls) {
  std::filesystem::create_directories(folder);
  std::unique_ptr<RedisServer> server(new RedisServer(std::move(folder), std::move(options), over_tls));
  tl::expected<void, std::string> started;
  for (int attempt = 0; attempt < 5; ++attempt) {  // another process may be faster to take the port
    server->port_ = free_port();
    if (started = server->start_again(); started) return server;
  }
  return tl::unexpected(started.error());
}

tl::expected<void, std::string> RedisServer::start_again() {
  end();
  std::vector<std::string> words = {installed_redis(),
                                    "--bind",
                                    "127.0.0.1",
                                    "--save",
                                    "",
                                    "--appendonly",
                                    "no",
                                    "--dir",
                                    folder_,
                                    "--port",
                                    over_tls_ ? "0" : std::to_string(port_)};
  if (over_tls_) words.insert(words.end(), {"--tls-port", std::to_string(port_)});
  words.insert(words.end(), options_.begin(), options_.end());
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const auto log = folder_ + "/output";
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  const int error = posix_spawn(&pid_, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return tl::unexpected(std::string("cannot start redis-server: ") + std::strerror(error));
  return wait_until_ready();
}

tl::expected<void, std::string> RedisServer::wait_until_ready() {
  bool has_ended = false;
  const bool is_ready = eventually([&] {
    has_ended = ::waitpid(pid_, nullptr, WNOHANG) == pid_;
    if (has_ended) pid_ = -1;
    return has_ended || takes_connections(port_);
  });
  if (is_ready && !has_ended) return {};
  return tl::unexpected("redis-server was not ready\n" + output());
}

RedisServer::~RedisServer() { end(); }

void RedisServer::pause() const { ::kill(pid_, SIGSTOP); }
void RedisServer::go_on() const { ::kill(pid_, SIGCONT); }

void RedisServer::end() {
  if (pid_ == -1) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::string RedisServer::output() const {
  std::ostringstream content;
  content << std::ifstream(folder_ + "/output").rdbuf();
  return content.str();
}

}  // namespace vault_mock::support
