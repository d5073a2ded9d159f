#include "redis/lookup.hpp"

#include <algorithm>
#include <cstring>
#include <netdb.h>
#include <system_error>
#include <thread>
#include <utility>

namespace vault_mock::redis {

namespace {

// Of this program that are under way. A resolver that hangs keeps each of its threads.
std::atomic<int> under_way = 0;
constexpr int kMostUnderWay = 32;

}  // namespace

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
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, ::freeaddrinfo);
  for (const auto* each = list; each != nullptr; each = each->ai_next) {
    SocketAddress found;
    found.size = std::min(each->ai_addrlen, static_cast<socklen_t>(sizeof found.bytes));
    std::memcpy(&found.bytes, each->ai_addr, found.size);
    found_.push_back(found);
  }
}

std::shared_ptr<const Lookup> Lookup::begin(const Address& address, std::shared_ptr<const Wake> wake) {
  auto lookup = std::make_shared<Lookup>();
  lookup->look(address, AI_NUMERICHOST);
  if (!lookup->found_.empty()) {
    lookup->is_done_.store(true, std::memory_order_release);
    return lookup;
  }
  lookup->problem_.clear();
  if (under_way.fetch_add(1) >= kMostUnderWay) {
    --under_way;
    lookup->problem_ = "its name is not looked up, as too many others are";
    lookup->is_done_.store(true, std::memory_order_release);
    return lookup;
  }
  try {
    std::thread([lookup, address, wake = std::move(wake)] {
      try {
        lookup->look(address, 0);
      } catch (...) {
        lookup->found_.clear();
        lookup->problem_ = "no memory";
      }
      --under_way;
      lookup->is_done_.store(true, std::memory_order_release);
      wake->wake();
    }).detach();
  } catch (const std::system_error& error) {
    --under_way;
    lookup->problem_ = std::string("there is no thread to look its name up: ") + error.what();
    lookup->is_done_.store(true, std::memory_order_release);
  }
  return lookup;
}

}  // namespace vault_mock::redis
