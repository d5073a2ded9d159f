// One client's connection, served from its first byte to its last by one thread, which waits where there is
// something to wait for: a request, a delay, a slow reader.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "net/delivery_plan.hpp"
#include "net/httplib/endpoint_server.hpp"
#include "net/httplib/waiting_socket.hpp"
#include "net/request/request_reader.hpp"

namespace vault_mock::net {

// What all connections of a server share. Outlives them.
struct ServingContext {
  Handler& handler;
  const RequestLimits& limits;
  const TimeLimits& times;
  const StopSignal& stop;
  ThreadPool& pool;
  std::atomic<std::size_t>& streams;  // answers that are being streamed
  std::size_t max_streams;            // a further one is refused with 503
};

class ConnectionThread {
 public:
  ConnectionThread(const ServingContext& context, EndpointServer& endpoint_server, ClientSocket& socket);

  // Returns when the connection is to be closed. Throws what the system throws: there is no memory, say.
  void run();

 private:
  enum class Next { go_on, close };

  Next shake_hands();
  // go_on: the whole request is in received_.
  Next read_request();

  // gone: the client is, or the server stops and nothing has begun. not_in_time: what is waited for is due,
  // or others wait for a thread and this client has been quiet for long enough.
  enum class Bytes { here, gone, not_in_time };
  Bytes read_more();
  Bytes wait_for_bytes();
  WaitingSocket::Time due();

  Next answer_request();
  Next refuse(const Refusal& refusal);
  Next send_stream(const Answer& answer, Framing framing);
  Next deliver(std::string bytes, const Delivery& delivery, Ending ending);
  bool send(std::string_view bytes, const DeliveryPlan& plan);
  void finish();
  bool makes_room();
  std::string bytes_of(const Answer& answer, Framing& framing);
  bool is_stopping() const { return context_.stop.is_sent(); }

  const ServingContext& context_;
  EndpointServer& endpoint_server_;
  ClientSocket& socket_;
  WaitingSocket waiting_;
  RequestReader reader_;
  ReceivedRequest received_;
  std::array<char, 16 * 1024> buffer_;
  std::string_view unread_;  // of buffer_: what belongs to further requests

  WaitingSocket::Time due_{};     // when the handshake, or the whole request, must be here
  WaitingSocket::Time yields_{};  // from when on the connection makes room for others
  bool makes_room_ = false;
  std::optional<WaitingSocket::Time> stop_due_;  // the same as due_, once the server stops
};

}  // namespace vault_mock::net
