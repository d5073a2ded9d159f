// One request, as a transport hands it to its handler (handler.hpp).
//
// Views into the transport's buffers, good for the one call. What the client sent is shown as it was sent:
// the order of the headers, their values undecoded, the body decoded from its chunks and otherwise raw.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/headers.hpp"

namespace vault_mock::net {

enum class Scheme { http, https };

struct Request {
  std::string_view method;
  std::string_view target;  // path and query, also where the client sent a whole URL; see request_target.hpp
  std::vector<text::HeaderView>
      headers;  // in the order sent; names in their case, values without the blanks around
  std::string_view body;
  Scheme scheme = Scheme::http;

  // For the transport: what the head says of the body and of the connection.
  bool http_1_0 = false;
  bool chunked = false;  // else the body has content_length bytes
  std::uint64_t content_length = 0;
  bool keep_alive = true;  // what the client asks for, by version and Connection
  bool expects_continue = false;
};

}  // namespace vault_mock::net
