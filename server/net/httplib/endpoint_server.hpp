// cpp-httplib's Server for one endpoint: it accepts the connections, and writes the answers.
//
// What httplib is not asked to do is reading requests: 0.11 (Debian 12) percent-decodes header values, drops
// empty ones, skips malformed lines, refuses a second `?` in a target, and takes multipart, urlencoded and
// gzip bodies apart; a fake must show what was sent. net/request reads them, and httplib sees a request line
// that only says what an answer's framing depends on: whether the method is HEAD. Nor is it asked for ranges,
// compression and the Keep-Alive header: a mock answers what it was told to, in plain.
//
// httplib keeps headers in a map, so their order on the wire is its own; the set is that of the other
// transport.
//
// Threads: write() from any number at once. Versions: fits 0.11 and later releases; see the source.
#pragma once

#include <chrono>
#include <functional>
#include <httplib.h>
#include <memory>
#include <string_view>

#include "net/descriptor.hpp"
#include "net/httplib/thread_pool.hpp"
#include "net/respond.hpp"

namespace vault_mock::net {

class EndpointServer final : public httplib::Server {
 public:
  // Serves one connection until it ends, in a thread of the pool. Throws nothing.
  using Serve = std::function<void(EndpointServer&, Descriptor)>;

  // `owner` is kept alive while a connection is served.
  EndpointServer(Serve serve, std::shared_ptr<ThreadPool> pool, std::weak_ptr<const void> owner);

  // Accepts connections from a listening, blocking socket until it is shut down. The socket stays the
  // caller's.
  void accept_from(int listening);

  // Takes bytes of an answer; no bytes only ask. False: it takes no more.
  using Send = std::function<bool(std::string_view)>;
  // Waits between two pieces of a stream. False: there shall be no other.
  using Pause = std::function<bool(std::chrono::milliseconds)>;
  // Writes the answer. False: `send` did not take all of it. A stream, for which `pause` is there, has no end
  // but that.
  bool write(const Answer& answer, Framing& framing, const Send& send, const Pause& pause = {});

 private:
  bool process_and_close_socket(socket_t socket) override;
  template <typename Self>
  static bool process(Self& self, httplib::Stream& stream, bool& closed);

  const Serve serve_;
};

}  // namespace vault_mock::net
