#include "net/httplib/connection_thread.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "net/delivery_plan.hpp"

namespace vault_mock::net {
namespace {

using Clock = std::chrono::steady_clock;
using Wait = WaitingSocket::Wait;
using AtStop = WaitingSocket::AtStop;

constexpr Refusal kRequestTooLate{408, "the request did not arrive in time"};

}  // namespace

ConnectionThread::ConnectionThread(const ServingContext& context, EndpointServer& endpoint_server,
                                   ClientSocket& socket)
    : context_(context),
      endpoint_server_(endpoint_server),
      socket_(socket),
      waiting_(socket, context.stop, context.times) {}

void ConnectionThread::run() {
  if (socket_.tls && shake_hands() == Next::close) return;
  while (read_request() == Next::go_on && answer_request() == Next::go_on) {
  }
}

auto ConnectionThread::shake_hands() -> Next {
  auto until = Clock::now() + context_.times.handshake;
  while (true) {
    switch (socket_.tls->shake_hands()) {
      case TlsChannel::Handshake::done:
        return Next::go_on;
      case TlsChannel::Handshake::failed:
        return Next::close;
      case TlsChannel::Handshake::plain:
        socket_.tls.reset();
        return refuse({400, "this port speaks HTTPS: the URL must begin with https://"});
      case TlsChannel::Handshake::unfinished:
        break;
    }
    auto wait = waiting_.until_readable(until, AtStop::return_at_once);
    if (wait == Wait::stopped) {
      until = std::min(until, Clock::now() + kStopGrace);
      wait = waiting_.until_readable(until, AtStop::go_on);
    }
    if (wait == Wait::late || Clock::now() >= until) return Next::close;
  }
}

auto ConnectionThread::read_request() -> Next {
  auto until = Clock::now() + context_.times.idle;
  bool begun = false;
  while (true) {
    while (!unread_.empty()) {
      switch (reader_.read(unread_, context_.limits, received_)) {
        case RequestReader::Progress::complete:
          return Next::go_on;
        case RequestReader::Progress::refused:
          return refuse(received_.refusal);
        case RequestReader::Progress::incomplete:
          if (reader_.take_wants_continue() && !waiting_.send_all("HTTP/1.1 100 Continue\r\n\r\n"))
            return Next::close;
      }
    }
    if (reader_.started() && !std::exchange(begun, true)) until = Clock::now() + context_.times.request;
    if (read_more(until) == Next::close) return Next::close;
  }
}

auto ConnectionThread::read_more(WaitingSocket::Time until) -> Next {
  const auto idle_enough = Clock::now() + kIdleEnough;
  while (true) {
    // Who sends a byte now and then is never late for the next one.
    if (reader_.started() && Clock::now() >= until) return refuse(kRequestTooLate);
    const auto count = socket_.receive(buffer_.data(), buffer_.size());
    if (count > 0) {
      unread_ = {buffer_.data(), static_cast<std::size_t>(count)};
      return Next::go_on;
    }
    // Gone, or done: a client that only finished sending has had its answers by now.
    if (count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) return Next::close;

    const bool begun = reader_.started();
    if (is_stopping() && !begun) return Next::close;
    if (is_stopping()) until = std::min(until, Clock::now() + kStopGrace);
    const auto look = begun ? until : std::min(until, Clock::now() + kIdleEnough);
    const auto wait = waiting_.until_readable(look, is_stopping() ? AtStop::go_on : AtStop::return_at_once);
    if (wait != Wait::late) continue;
    if (begun) continue;
    if (look == until || (Clock::now() >= idle_enough && context_.pool.make_room())) return Next::close;
  }
}

auto ConnectionThread::answer_request() -> Next {
  auto& request = received_.request;
  if (socket_.tls) request.scheme = Scheme::https;
  auto framing = framing_of(request, is_stopping());
  const auto answer = respond(context_.handler, request, framing);
  framing.close = framing.close || is_stopping();
  if (answer.stream && !framing.head_only && answer.delivery.fault != Fault::truncate)
    return send_stream(answer, framing);
  auto bytes = bytes_of(answer, framing);
  return deliver(std::move(bytes), answer.delivery, framing.close ? Ending::close : Ending::keep);
}

auto ConnectionThread::refuse(const Refusal& refusal) -> Next {
  Framing framing;
  const auto answer = respond(context_.handler, refusal, framing);
  return deliver(bytes_of(answer, framing), {}, Ending::close);
}

std::string ConnectionThread::bytes_of(const Answer& answer, Framing& framing) {
  std::string bytes;
  endpoint_server_.write(answer, framing, [&](std::string_view piece) {
    bytes += piece;
    return true;
  });
  return bytes;
}

auto ConnectionThread::send_stream(const Answer& answer, Framing framing) -> Next {
  if (waiting_.pause(Clock::now() + bounded(answer.delivery.delay)) == Wait::gone) return Next::close;
  const bool whole = endpoint_server_.write(
      answer, framing, [&](std::string_view piece) { return waiting_.send_piece(piece); });
  if (!whole) return Next::close;
  if (framing.close) waiting_.finish();
  return framing.close ? Next::close : Next::go_on;
}

auto ConnectionThread::deliver(std::string bytes, const Delivery& delivery, Ending ending) -> Next {
  const auto plan = plan_of(delivery, ending, is_stopping(), bytes);
  if (plan.delay.count() > 0 && waiting_.pause(Clock::now() + plan.delay) == Wait::gone) return Next::close;
  if (!send(bytes, plan)) return Next::close;
  if (plan.ending == Ending::keep && !is_stopping()) return Next::go_on;
  if (plan.ending == Ending::reset)
    socket_.reset_at_close();
  else
    waiting_.finish();
  return Next::close;
}

// At a stop, all that is left goes at once.
bool ConnectionThread::send(std::string_view bytes, const DeliveryPlan& plan) {
  auto size = plan.at_once;
  while (waiting_.send_all(bytes.substr(0, size))) {
    bytes.remove_prefix(std::min(size, bytes.size()));
    if (bytes.empty()) return true;
    const auto wait = waiting_.pause(Clock::now() + plan.gap);
    if (wait == Wait::gone) return false;
    size = wait == Wait::stopped ? bytes.size() : plan.step;
  }
  return false;
}

}  // namespace vault_mock::net
