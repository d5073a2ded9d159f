#include "net/epoll/exchange.hpp"

#include "net/epoll/answer_writer.hpp"

namespace vault_mock::net {
namespace {

void make_answer(Exchange& exchange) {
  auto answer = respond(exchange.handler, exchange.request, exchange.framing);
  exchange.delivery = answer.delivery;
  if (!answer.next_piece) return write_answer(exchange.bytes, answer, exchange.framing);
  write_stream_head(exchange.bytes, answer, exchange.framing);
  // Half of what has no end is its head.
  if (exchange.framing.head_only || answer.delivery.fault == Fault::truncate) return;
  exchange.stream = std::make_unique<ClientConnection::Stream>();
  exchange.stream->next_piece = std::move(answer.next_piece);
  exchange.stream->in_chunks = !exchange.framing.http_1_0;
}

}  // namespace

bool run(Exchange& exchange) noexcept {
  try {
    make_answer(exchange);
    return true;
  } catch (...) {
    report_exception(exchange.handler);
    exchange.bytes.clear();
    exchange.stream = nullptr;
    return false;
  }
}

}  // namespace vault_mock::net
