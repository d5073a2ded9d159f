#include "redis/lookup.hpp"

#include <algorithm>
#include <cstring>
#include <netdb.h>
#include <system_error>
#include <thread>
#include <utility>

namespace vault_mock::redis {

void Lookup::look(const Address& address, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags | AI_NUMERICSERV;
  addrinfo* list = nullptr;
  const int error = ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &list);
  if (error != 0) {
    problem_ =
        "the host has no address (" +
        (error == EAI_SYSTEM ? std::generic_category().message(errno) : std::string(::gai_strerror(error))) +
        ")";
    return;
  }
  for (const auto* each = list; each != nullptr; each = each->ai_next) {
    SocketAddress found;
    found.size = std::min(each->ai_addrlen, static_cast<socklen_t>(sizeof found.bytes));
    std::memcpy(&found.bytes, each->ai_addr, found.size);
    found_.push_back(found);
  }
  ::freeaddrinfo(list);
}

std::shared_ptr<const Lookup> Lookup::begin(const Address& address, std::shared_ptr<const Wake> wake) {
  auto lookup = std::make_shared<Lookup>();
  lookup->look(address, AI_NUMERICHOST);
  if (!lookup->found_.empty()) {
    lookup->is_done_.store(true, std::memory_order_release);
    return lookup;
  }
  lookup->problem_.clear();
  try {
    std::thread([lookup, address, wake = std::move(wake)] {
      lookup->look(address, 0);
      lookup->is_done_.store(true, std::memory_order_release);
      wake->wake();
    }).detach();
  } catch (const std::system_error& error) {
    lookup->problem_ = std::string("there is no thread to look its name up: ") + error.what();
    lookup->is_done_.store(true, std::memory_order_release);
  }
  return lookup;
}

}  // namespace vault_mock::redis
