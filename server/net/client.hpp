// One outgoing request over HTTP or HTTPS, by cpp-httplib's client.
//
// Every call opens a connection of its own and blocks its thread: for commands that ask one question, not for
// the threads that serve. Nothing is kept between calls, so any thread may call.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "net/request.hpp"

namespace vault_mock::net {

// Where to ask. `host` is a name or an address, without brackets. Over HTTPS any certificate will do.
struct Origin {
  Scheme scheme = Scheme::http;
  std::string host;
  std::uint16_t port = 0;
};

struct ClientLimits {
  std::chrono::seconds patience{5};           // to connect, and again for every read
  std::size_t body = std::size_t{64} * 1024;  // bytes of the answer's body; what follows is not read
};

struct ClientAnswer {
  int status = 0;
  std::string body;
};

enum class ClientError {
  refused,    // nothing listens there
  no_answer,  // something listens there, but what came back is not HTTP (or not TLS), or nothing came
  failed,     // anything else: the host has no address, the connection timed out …
};

struct ClientFailure {
  ClientError error = ClientError::failed;
  std::string reason;  // httplib's word for it, as "Read"
};

// Sends GET `target` with these headers and follows no redirect.
tl::expected<ClientAnswer, ClientFailure> get(const Origin& origin, const std::string& target,
                                              const std::vector<std::pair<std::string, std::string>>& headers,
                                              const ClientLimits& limits = {});

// Sends POST `target` with a body in JSON, and follows no redirect.
tl::expected<ClientAnswer, ClientFailure> post(
    const Origin& origin, const std::string& target,
    const std::vector<std::pair<std::string, std::string>>& headers, const std::string& json,
    const ClientLimits& limits = {});

// As get() for an answer without end: `take` gets each piece of a body with status 200 as it comes, until it
// returns false. Of another answer the body is in what is returned. An answer that breaks off, or of which
// nothing comes for as long as the patience, is a failure.
tl::expected<ClientAnswer, ClientFailure> follow(
    const Origin& origin, const std::string& target,
    const std::vector<std::pair<std::string, std::string>>& headers,
    const std::function<bool(std::string_view)>& take, const ClientLimits& limits = {});

}  // namespace vault_mock::net
