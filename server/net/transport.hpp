// What carries requests and answers (server.hpp).
#pragma once

namespace vault_mock::net {

enum class Transport { epoll, httplib };

#ifdef __linux__
constexpr Transport kDefaultTransport = Transport::epoll;
#else
constexpr Transport kDefaultTransport = Transport::httplib;
#endif

}  // namespace vault_mock::net
