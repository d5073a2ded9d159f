#include "net/listener.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <gtest/gtest.h>
#include <netdb.h>
#include <netinet/in.h>

namespace vault_mock::net {
namespace {

// The addresses of a host, as getaddrinfo() gives them.
class TwoAddresses {
 public:
  TwoAddresses(const char* first, const char* second) {
    set(0, first);
    set(1, second);
    entries_[0].ai_next = &entries_[1];
  }
  TwoAddresses(const TwoAddresses&) = delete;
  TwoAddresses& operator=(const TwoAddresses&) = delete;
  const addrinfo& list() const { return entries_[0]; }

 private:
  void set(std::size_t at, const char* address) {
    names_[at].sin_family = AF_INET;
    ::inet_pton(AF_INET, address, &names_[at].sin_addr);
    entries_[at].ai_family = AF_INET;
    entries_[at].ai_addr = reinterpret_cast<sockaddr*>(&names_[at]);
    entries_[at].ai_addrlen = sizeof names_[at];
  }

  sockaddr_in names_[2]{};
  addrinfo entries_[2]{};
};

constexpr const char* kHere = "127.0.0.1";
constexpr const char* kElsewhere = "192.0.2.1";  // of no machine (RFC 5737)

TEST(Listening, SaysThatThePortIsTakenWhateverElseIsWrong) {
  const auto first = Listener::open(kHere, 0);
  ASSERT_TRUE(first);
  for (const auto& [one, other] : {std::pair(kHere, kElsewhere), std::pair(kElsewhere, kHere)}) {
    const auto second = Listener::open(TwoAddresses(one, other).list(), "localhost", first->port());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, EADDRINUSE);
    EXPECT_EQ(second.error().message,
              "the address localhost:" + std::to_string(first->port()) + " is in use already");
  }
}

TEST(Listening, DoesWithTheAddressesThatThisMachineHas) {
  const auto listener = Listener::open(TwoAddresses(kElsewhere, kHere).list(), "localhost", 0);
  ASSERT_TRUE(listener);
  ASSERT_EQ(listener->endpoints().size(), 1U);
  EXPECT_EQ(listener->endpoints().front().address, kHere);
}

}  // namespace
}  // namespace vault_mock::net
