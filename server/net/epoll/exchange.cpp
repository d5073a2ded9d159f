#include "net/epoll/exchange.hpp"

#include "net/epoll/answer_writer.hpp"

namespace vault_mock::net {
namespace {

bool send_stream(Exchange& exchange, const Answer& answer) {
  auto& streaming = exchange.streaming;
  std::string piece;
  write_stream_head(piece, answer, exchange.framing);
  bool wanted = streaming.send(piece);
  const bool in_chunks = !exchange.framing.http_1_0;
  const auto send = [&](std::string_view bytes) {
    if (!wanted || bytes.empty()) return wanted = wanted && streaming.is_wanted();
    if (in_chunks) {
      piece.clear();
      write_chunk(piece, bytes);
      bytes = piece;
    }
    return wanted = streaming.send(bytes) && streaming.is_wanted();
  };
  if (wanted) answer.stream(send);
  if (!wanted || !in_chunks) return wanted;
  piece.clear();
  write_last_chunk(piece);
  return streaming.send(piece);
}

bool make_answer(Exchange& exchange) {
  auto answer = respond(exchange.handler, exchange.request, exchange.framing);
  const auto delivery = answer.delivery;
  if (answer.stream && (exchange.framing.head_only || delivery.fault == Fault::truncate)) {
    write_stream_head(exchange.bytes, answer, exchange.framing);  // half of what has no end is its head
    exchange.delivery = delivery;
    return true;
  }
  if (answer.stream) {
    if (exchange.streaming.begin(delivery.delay)) return send_stream(exchange, answer);
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
    return false;
  }
}

}  // namespace vault_mock::net
