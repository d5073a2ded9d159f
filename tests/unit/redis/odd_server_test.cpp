// The client with servers that are none of Redis.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <system_error>
#include <thread>

#include "net/descriptor.hpp"
#include "unit/redis/talk.hpp"

namespace vault_mock::redis {
namespace {

// Answers the first words of each connection with the same bytes, and the next ones, if it has more, with
// others. Then it says nothing more.
class OddServer {
 public:
  explicit OddServer(std::string answer, std::string next = {})
      : answer_(std::move(answer)),
        next_(std::move(next)),
        socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(socket_.get(), 16) != 0)
      throw std::system_error(errno, std::generic_category());
    ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~OddServer() {
    ::shutdown(socket_.get(), SHUT_RDWR);
    thread_.join();
  }
  std::uint16_t port() const { return port_; }

 private:
  void serve() {
    std::vector<net::Descriptor> clients;
    for (;;) {
      net::Descriptor client(::accept(socket_.get(), nullptr, nullptr));
      if (!client) return;
      char buffer[1024];
      if (::recv(client.get(), buffer, sizeof buffer, 0) <= 0) continue;
      send(client, answer_);
      if (!next_.empty() && ::recv(client.get(), buffer, sizeof buffer, 0) > 0) send(client, next_);
      clients.push_back(std::move(client));
    }
  }

  static void send(const net::Descriptor& client, std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = ::send(client.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  const std::string answer_, next_;
  const net::Descriptor socket_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

// Why a client leaves a server that answers so.
std::string loss_from(const std::string& answer) {
  const OddServer server(answer);
  Talk talk(url_of(server.port()), kHasty, {});
  EXPECT_TRUE(eventually([&] { return talk.was_lost("127.0.0.1:" + std::to_string(server.port())); }));
  return talk.last_loss();
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(OddServer, IsLeftWhenItDoesNotSpeakTheProtocol) {
  for (const auto* answer : {"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH\r\n",
                             "\x15\x03\x01\x02\x02\x50", "*1\r\n$x\r\n", "$-7\r\n"}) {
    const auto words = loss_from(answer);
    EXPECT_TRUE(has(words, ": it does not speak Redis' protocol (")) << words;
    EXPECT_TRUE(has(words, "rediss://")) << words;
  }
}

TEST(OddServer, IsLeftWhenItSaysMoreThanItWasAsked) {
  const auto words = loss_from("-ERR no cluster\r\n+OK\r\n+OK\r\n+OK\r\n");
  EXPECT_TRUE(has(words, "it sent a reply that nobody had asked for")) << words;
}

TEST(OddServer, IsLeftWhileItLoads) {
  const auto words = loss_from("-LOADING Redis is loading the dataset in memory\r\n");
  EXPECT_TRUE(has(words, "it cannot serve (LOADING")) << words;
}

TEST(OddServer, IsLeftWhenItRefusesEverybody) {
  for (const auto* answer :
       {"-ERR max number of clients reached\r\n", "-DENIED Redis is in protected mode\r\n"}) {
    const auto words = loss_from(answer);
    EXPECT_TRUE(has(words, "it refuses to serve (")) << words;
  }
}

TEST(OddServer, IsLeftWhenItSaysNothing) {
  const auto words = loss_from("");
  EXPECT_TRUE(has(words, "the server did not answer in time")) << words;
}

TEST(OddServer, IsAClusterInWhichNobodyHasTheSlot) {
  const OddServer server("*0\r\n");
  Talk talk(url_of(server.port()), kHasty, {});
  const auto words = talk.ask({"GET", "a"}, "a");
  EXPECT_TRUE(words.starts_with("CLUSTERDOWN No server is known for slot 15495") ||
              words.starts_with("lost: "))
      << words;
}

// Where there is no cluster: it would make this program connect to any address.
TEST(OddServer, IsNotFollowedElsewhere) {
  const OddServer server("-ERR no cluster\r\n", "-MOVED 15495 elsewhere.invalid:1\r\n");
  Talk talk(url_of(server.port()), kPatient, {});
  EXPECT_EQ(talk.ask({"GET", "a"}, "a"), "MOVED 15495 elsewhere.invalid:1");
}

TEST(OddServer, DoesNotBringThePasswordIntoMessages) {
  const OddServer server("-ERR unknown command 'AUTH', with args beginning with: 'bob' 's3cr3tPW'\r\n");
  auto url = url_of(server.port());
  url.user = "bob";
  url.password = "s3cr3tPW";
  Talk talk(url, kHasty, {});
  EXPECT_TRUE(eventually([&] { return talk.was_lost("the password is refused (ERR: "); }))
      << talk.last_loss();
  EXPECT_FALSE(talk.was_lost("s3cr3tPW"));

  for (const auto& [said, shown] : {std::pair("ERR you said s3cr3tPW, s3cr3tPW", "ERR you said ***, ***"),
                                    {"s3cr3tPW it was", "*** it was"},
                                    {"s3cr3tPW", "***"},
                                    {"BUSY", "BUSY"}}) {
    const OddServer other("+OK\r\n-ERR no cluster\r\n", '-' + std::string(said) + "\r\n");
    url.port = other.port();
    EXPECT_EQ(Talk(url, kPatient, {}).ask({"GET", "a"}), shown);
  }
}

TEST(OddServer, IsLeftWhenAReplyIsTooLarge) {
  const OddServer server("-ERR no cluster\r\n", "$1000000000\r\n" + std::string(std::size_t{70} << 20, 'x'));
  Talk talk(url_of(server.port()), kPatient, {});
  const auto words = talk.ask({"GET", "a"});
  EXPECT_TRUE(has(words, "it sent a reply of more than 64 MB")) << words;
}

}  // namespace
}  // namespace vault_mock::redis
