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

// Counts itself for as long as it lives.
class Counted {
 public:
  explicit Counted(std::atomic<std::size_t>& all) : all_(all), count_(++all) {}
  ~Counted() { --all_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  std::size_t count() const { return count_; }  // of all, when this one was made

 private:
  std::atomic<std::size_t>& all_;
  const std::size_t count_;
};

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
  due_ = Clock::now() + context_.times.handshake;
  yields_ = Clock::now() + kSlowEnough;
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
    if (wait_for_bytes() == Bytes::not_in_time) return Next::close;
  }
}

auto ConnectionThread::read_request() -> Next {
  due_ = Clock::now() + context_.times.idle;
  yields_ = Clock::now() + kIdleEnough;
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
    if (reader_.started() && !std::exchange(begun, true)) due_ = Clock::now() + context_.times.request;
    if (begun) yields_ = Clock::now() + kSlowEnough;
    const auto bytes = read_more();
    if (bytes == Bytes::gone) return Next::close;
    if (bytes == Bytes::not_in_time) return begun ? refuse(kRequestTooLate) : Next::close;
  }
}

auto ConnectionThread::read_more() -> Bytes {
  while (true) {
    // Who sends a byte now and then is never late for the next one.
    if (Clock::now() >= due()) return Bytes::not_in_time;
    const auto count = socket_.receive(buffer_.data(), buffer_.size());
    if (count > 0) {
      unread_ = {buffer_.data(), static_cast<std::size_t>(count)};
      return Bytes::here;
    }
    // Gone, or done: a client that only finished sending has had its answers by now.
    if (count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) return Bytes::gone;
    if (is_stopping() && !reader_.started()) return Bytes::gone;
    if (wait_for_bytes() == Bytes::not_in_time) return Bytes::not_in_time;
  }
}

// `here` when the server stops, too: then there is something else to be looked at.
auto ConnectionThread::wait_for_bytes() -> Bytes {
  while (true) {
    const auto now = Clock::now();
    if (now >= due() || (now >= yields_ && makes_room())) return Bytes::not_in_time;
    const auto look = std::min(due(), std::max(yields_, now + kIdleEnough));
    if (waiting_.until_readable(look, is_stopping() ? AtStop::go_on : AtStop::return_at_once) != Wait::late)
      return Bytes::here;
  }
}

// When what is waited for must be here. A stop shortens it once: a byte now and then does not prolong it.
auto ConnectionThread::due() -> WaitingSocket::Time {
  if (is_stopping() && !stop_due_) stop_due_ = Clock::now() + kStopGrace;
  return stop_due_ ? std::min(due_, *stop_due_) : due_;
}

auto ConnectionThread::answer_request() -> Next {
  auto& request = received_.request;
  if (socket_.tls) request.scheme = Scheme::https;
  auto framing = framing_of(request, is_stopping());
  auto answer = respond(context_.handler, request, framing);
  framing.close = framing.close || is_stopping();
  if (answer.next_piece && !framing.head_only && answer.delivery.fault != Fault::truncate)
    return send_stream(answer, framing);
  framing.close = framing.close || (unread_.empty() && makes_room());
  auto bytes = bytes_of(answer, framing);
  const auto delivery = answer.delivery;
  answer = {};  // which may be large, and the delivery take long
  return deliver(std::move(bytes), delivery, framing.close ? Ending::close : Ending::keep);
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

// In this thread, which is the connection's anyway.
auto ConnectionThread::send_stream(const Answer& answer, Framing framing) -> Next {
  const Counted stream(context_.streams);
  if (stream.count() > context_.max_streams)
    return refuse({503, "there is no thread left to stream this answer"});
  if (waiting_.pause(Clock::now() + bounded(answer.delivery.delay)) == Wait::gone) return Next::close;
  endpoint_server_.write(
      answer, framing, [&](std::string_view piece) { return waiting_.send_piece(piece); },
      [&](auto pause) { return waiting_.pause(Clock::now() + pause) == Wait::late; });
  return Next::close;
}

auto ConnectionThread::deliver(std::string bytes, const Delivery& delivery, Ending ending) -> Next {
  const auto plan = plan_of(delivery, ending, is_stopping(), bytes);
  const auto half_closed = plan.hangs ? std::chrono::milliseconds(0) : context_.times.half_closed;
  if (plan.delay.count() > 0 && waiting_.pause(Clock::now() + plan.delay, half_closed) == Wait::gone)
    return Next::close;
  if (!send(bytes, plan)) return Next::close;
  if (plan.ending == Ending::keep && !is_stopping()) return Next::go_on;
  if (plan.ending == Ending::reset)
    socket_.reset_at_close();
  else
    finish();
  return Next::close;
}

// Whether this connection is to end because others wait for its thread.
bool ConnectionThread::makes_room() {
  makes_room_ = makes_room_ || context_.pool.make_room();
  return makes_room_;
}

void ConnectionThread::finish() { waiting_.finish(makes_room() ? kIdleEnough : context_.times.linger); }

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
