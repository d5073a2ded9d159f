#include <iostream>
#include <vault-mock/server.hpp>

int main() {
  vault_mock::Server mock;
  std::cout << mock.url() << std::endl;
  std::cin.get();  // until the test has asked for a session
}
