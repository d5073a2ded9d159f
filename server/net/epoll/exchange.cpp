#include "net/epoll/exchange.hpp"

#include "net/delivery_plan.hpp"
#include "net/epoll/answer_writer.hpp"

namespace vault_mock::net {
namespace {

bool send_stream(Exchange& exchange, const Answer& answer) {
  auto& socket = exchange.streaming.socket;
  const auto begin = Clock::now() + bounded(answer.delivery.delay);
  if (socket.pause(begin) == WaitingSocket::Wait::gone) return false;
  std::string piece;
  write_stream_head(piece, answer, exchange.framing);
  bool wanted = socket.send_piece(piece);
  const bool in_chunks = !exchange.framing.http_1_0;
  const auto send = [&](std::string_view bytes) {
    if (in_chunks && !bytes.empty()) {
      piece.clear();
      write_chunk(piece, bytes);
      bytes = piece;
    }
    return wanted = wanted && socket.send_piece(bytes);
  };
  if (wanted) answer.stream(send);
  if (!wanted || !in_chunks) return wanted;
  piece.clear();
  write_last_chunk(piece);
  return socket.send_all(piece);
}

bool make_answer(Exchange& exchange) {
  auto answer = respond(exchange.handler, exchange.request, exchange.framing);
  const auto delivery = answer.delivery;
  if ((answer.stream || answer.next_piece) &&
      (exchange.framing.head_only || delivery.fault == Fault::truncate)) {
    write_stream_head(exchange.bytes, answer, exchange.framing);  // half of what has no end is its head
    exchange.delivery = delivery;
    return true;
  }
  if (answer.next_piece) {
    write_stream_head(exchange.bytes, answer, exchange.framing);
    exchange.delivery = delivery;
    exchange.stream = std::make_unique<ClientConnection::Stream>();
    exchange.stream->next_piece = std::move(answer.next_piece);
    exchange.stream->in_chunks = !exchange.framing.http_1_0;
    return true;
  }
  if (answer.stream) {
    if (exchange.streaming.begin()) return send_stream(exchange, answer);
    answer = respond(exchange.handler, Refusal{503, "there is no thread left to stream this answer"},
                     exchange.framing);
  }
  write_answer(exchange.bytes, answer, exchange.framing);
  exchange.delivery = answer.delivery;
  return true;
}

}  // namespace

bool run(Exchange& exchange) noexcept {
  try {
    return make_answer(exchange);
  } catch (...) {
    report_exception(exchange.handler);
    exchange.bytes.clear();
    exchange.stream = nullptr;
    return false;
  }
}

}  // namespace vault_mock::net
