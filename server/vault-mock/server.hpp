// A mock in one's own test, in the same process:
//
//     #include <vault-mock/server.hpp>
//
//     vault_mock::Server mock;                                // serves from here to the end of the scope
//     MyClient client(mock.url());                            // "http://127.0.0.1:39511"
//     EXPECT_TRUE(client.create_session("acme").ok());
//
// With CMake: find_package(vault-mock REQUIRED) and target_link_libraries(tests PRIVATE
// vault-mock::vault-mock). Needs nothing but C++17; the libraries inside are not seen from here.
//
// Threads: the URLs from any; the server answers in threads of its own. Several servers may live at once.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace vault_mock {

class Server {
 public:
  // The arguments are those of the program's command line: {"rules/", "--now", "2027-01-01T00:00:00Z"}. It
  // listens on a free port of 127.0.0.1 and logs nothing, unless they say otherwise. VAULT_MOCK_… variables
  // count as they do for the program. Clients can connect when the constructor returns; signals are left to
  // the program that it is in.
  //
  // Throws std::runtime_error when it cannot start, with the program's words: what is wrong and what to do.
  // (Our own code returns its errors; here the caller is a test, whose framework shows what was thrown.)
  explicit Server(const std::vector<std::string>& arguments = {});
  // Finishes the answers that are under way, and closes the rest.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The base of every path, without a slash at its end. url() + "/@name" is the base of a space.
  const std::string& url() const;
  // The same for HTTPS; empty without "--tls".
  const std::string& https_url() const;

 private:
  class Running;
  std::unique_ptr<Running> running_;
};

}  // namespace vault_mock
