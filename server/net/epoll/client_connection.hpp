// One client's connection, as the event loop keeps it: a socket, the part of a request that has arrived, the
// part of an answer that has not been sent, and a deadline. An idle one is a few hundred bytes and no thread.
//
//     handshaking (TLS only) ──▶ reading
//     reading ──whole request──▶ answering ──▶ waiting ──▶ sending ──▶ reading, or lingering ──▶ closed
//        │                                        ├──▶ hanging ──▶ lingering
//        │                                        └──▶ streaming ◀──▶ sending, until closed
//        └──refused──▶ sending ──▶ lingering
//
// How a client's end is seen. A reset, or an end of both directions, closes the connection in every state but
// `answering`. The end of the client's own direction (its FIN) says less: see `TimeLimits::half_closed`. A
// client that has filled its socket with further requests is noticed when they are read, as its FIN is behind
// them.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "net/answer.hpp"
#include "net/client_socket.hpp"
#include "net/delivery_plan.hpp"
#include "net/request/request_reader.hpp"

namespace vault_mock::net {

using Clock = std::chrono::steady_clock;

struct ClientConnection {
  enum class State : std::uint8_t {
    handshaking,  // for TLS, until the deadline
    reading,      // for a request: none of it here, or a part
    answering,    // a thread runs the handler; only that thread may touch the fields marked (a)
    waiting,      // an answer, or its next drop, is due at the deadline
    sending,      // the socket is full; the deadline is for it to take more
    hanging,      // the client waits in vain, until the deadline
    streaming,    // the next piece is to be asked for at the deadline
    lingering,  // all is sent; what the client still sends is thrown away, so that it can read our last words
    closed,     // it has no socket any more, and is there only for those who may still name it
  };
  // What is left to send of an answer. Bytes before `allowed` may go now; a drip allows `step` more every
  // `gap`.
  struct SendBuffer {
    std::string bytes;
    std::size_t sent = 0;
    std::size_t allowed = 0;
    std::size_t step = 0;
    std::chrono::microseconds gap{0};
  };

  // Of an answer that is made in pieces.
  struct Stream {
    std::function<Piece()> next_piece;
    bool in_chunks = true;
    std::chrono::milliseconds pause{0};
    Clock::time_point finished_since{};  // when the client was first seen to have closed its side
  };

  ClientSocket socket;  // (a)
  State state = State::reading;
  Ending ending = Ending::keep;  // when the answer has been sent; `close` goes by way of `lingering`
  bool peer_finished = false;    // the client will send no more; it may still read
  bool given_up = false;         // waiting: at the deadline the client is taken to have gone
  bool input_waiting = false;    // the socket has bytes, or its end, that nobody has looked at
  bool output_watched = false;   // epoll tells when the socket takes more
  bool listed_idle = true;       // in the loop's list of idle connections, else in that of busy ones
  bool queued = false;           // in the loop's queue of connections to go on with
  bool has_deadline = false;
  std::uint32_t missed_events = 0;  // while answering
  Clock::time_point deadline{};
  Clock::time_point idle_since{};
  std::list<ClientConnection>::iterator self;
  ClientConnection* next_given_back = nullptr;  // behind it in the loop's mailbox

  RequestReader reader;
  std::string input;               // (a) bytes of further requests
  SendBuffer out;                  // (a)
  Delivery delivery;               // (a)
  std::unique_ptr<Stream> stream;  // (a) null: the answer is no such one
  bool broken = false;             // (a) there is no answer
};

}  // namespace vault_mock::net
