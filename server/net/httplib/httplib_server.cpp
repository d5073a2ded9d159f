#include "net/httplib/httplib_server.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <utility>

#include "net/date_field.hpp"
#include "text/ascii.hpp"
#include "text/reason_phrase.hpp"

namespace vault_mock::net {
namespace {

// What httplib's callbacks, which are the server's, need of the exchange at hand, which is the thread's.
struct Running {
  Exchange* exchange = nullptr;
  httplib::Response* response = nullptr;  // what the handler made
};
thread_local Running running;

// The request line for httplib to read, and the place for what it writes. The functions are those of
// httplib::Stream in all releases from 0.11 on; the ones a release does not have are just functions. That is
// why none says `override`.
class MemoryStream final : public httplib::Stream {
 public:
  MemoryStream(std::string_view input, Exchange& exchange) : input_(input), exchange_(exchange) {}

  bool is_readable() const { return !input_.empty(); }
  bool wait_readable() const { return true; }
  bool is_writable() const { return is_wanted(); }
  bool wait_writable() const { return is_wanted(); }
  bool is_peer_alive() const { return is_wanted(); }
  time_t duration() const { return 0; }
  void set_read_timeout(time_t, time_t) {}

  ssize_t read(char* bytes, std::size_t size) {
    const auto taken = std::min(size, input_.size());
    std::memcpy(bytes, input_.data(), taken);
    input_.remove_prefix(taken);
    return static_cast<ssize_t>(taken);
  }

  ssize_t write(const char* bytes, std::size_t size) {
    if (exchange_.streamed) {
      if (!exchange_.socket->send({bytes, size})) return -1;
    } else {
      exchange_.answer->append(bytes, size);
    }
    return static_cast<ssize_t>(size);
  }

  void get_remote_ip_and_port(std::string&, int&) const {}
  void get_local_ip_and_port(std::string&, int&) const {}
  // httplib only compares it with FD_SETSIZE, which must not limit us.
  socket_t socket() const { return 0; }

 private:
  bool is_wanted() const { return !exchange_.streamed || exchange_.socket->is_wanted(); }

  std::string_view input_;
  Exchange& exchange_;
};

bool asks_for_head_only(const RequestHead* head) { return head != nullptr && head->method == "HEAD"; }

// All that httplib needs to know of the request to write the answer.
std::string_view request_line(const RequestHead* head) {
  return asks_for_head_only(head) ? "HEAD / HTTP/1.1\r\n\r\n" : "GET / HTTP/1.1\r\n\r\n";
}

bool forbids_body(int status) { return status < 200 || status == 204 || status == 304; }

bool is(const std::string& name, std::string_view expected) {
  return name.size() == expected.size() && text::equal_ignoring_case(name, expected);
}

// How the answer is framed is httplib's to state, after the handler, and how the connection goes on is ours.
void drop_framing(Exchange& exchange, httplib::Headers& headers) {
  std::erase_if(headers, [&](const auto& field) {
    const auto& [name, value] = field;
    if (is(name, "Connection")) exchange.close = exchange.close || list_contains(value, "close");
    return is(name, "Connection") || is(name, "Content-Length") || is(name, "Transfer-Encoding");
  });
}

void settle_headers(const Exchange& exchange, httplib::Response& response) {
  auto& headers = response.headers;
  const bool no_body = forbids_body(response.status);
  std::erase_if(headers, [&](const auto& field) {
    const auto& name = field.first;
    return is(name, "Connection") || is(name, "Keep-Alive") || is(name, "Accept-Ranges") ||
           (no_body && is(name, "Content-Length"));
  });
  if (exchange.close)
    headers.emplace("Connection", "close");
  else if (exchange.head != nullptr && exchange.head->http_1_0)
    headers.emplace("Connection", "keep-alive");
}

// An answer with its whole body, as httplib writes it.
void append_answer(std::string& to, const RequestHead* head, const httplib::Response& response) {
  const auto length = std::to_string(response.body.size());
  std::size_t size = 128 + response.body.size();
  for (const auto& [name, value] : response.headers) size += name.size() + value.size() + 4;
  to.reserve(to.size() + size);

  const auto append_field = [&to](std::string_view name, std::string_view value) {
    to.append(name).append(": ").append(value).append("\r\n");
  };
  to.append("HTTP/1.1 ").append(std::to_string(response.status)).append(1, ' ');
  to.append(text::reason_phrase(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers) append_field(name, value);
  if (!response.has_header("Date")) append_field("Date", current_date());
  if (!response.body.empty() && !response.has_header("Content-Type"))
    append_field("Content-Type", "text/plain");
  if (!forbids_body(response.status)) append_field("Content-Length", length);
  to += "\r\n";
  if (!asks_for_head_only(head)) to += response.body;
}

bool is_stream(const httplib::Response& response) { return static_cast<bool>(response.content_provider_); }

// Empties the response, and lets go of the stream that it may hold.
void clear(httplib::Response& response) {
  httplib::Response old;
  std::swap(old, response);
}

void drop_stream(httplib::Response& response) {
  response.content_provider_ = nullptr;
  response.content_length_ = 0;
  response.is_chunked_content_provider_ = false;
}

// In a catch block. The reason is good for the call.
template <typename Tell>
void with_reason_of_exception(Tell tell) {
  try {
    throw;
  } catch (const std::exception& error) {
    tell(error.what());
  } catch (...) {
    tell("an exception of unknown type");
  }
}

}  // namespace

HttplibServer::HttplibServer(RequestHandler handler, ErrorResponder responder)
    : handler_(std::move(handler)), responder_(std::move(responder)) {
  svr_sock_ = 0;  // anything but INVALID_SOCKET: httplib takes that for the sign to end streams
  // The handler has had its turn: what it made is all that httplib is to write.
  set_pre_routing_handler([](const httplib::Request&, httplib::Response& response) {
    std::swap(response, *running.response);
    return HandlerResponse::Handled;
  });
  set_post_routing_handler([](const httplib::Request&, httplib::Response& response) {
    settle_headers(*running.exchange, response);
    if (!response.has_header("Date")) response.set_header("Date", std::string(current_date()));
  });
}

bool HttplibServer::answer(Exchange& exchange) noexcept {
  try {
    return make_answer(exchange);
  } catch (...) {
    tell_of_exception();
    exchange.answer->clear();
    return false;
  }
}

void HttplibServer::tell_of_exception() noexcept {
  with_reason_of_exception([this](std::string_view reason) {
    try {
      httplib::Response unsent;
      responder_({500, reason}, unsent);
    } catch (...) {  // not even that can be told
    }
  });
}

bool HttplibServer::make_answer(Exchange& exchange) {
  httplib::Response response;
  handle(exchange, response);
  if (is_stream(response)) return write_stream(exchange, response);
  settle_headers(exchange, response);
  append_answer(*exchange.answer, exchange.head, response);
  return true;
}

bool HttplibServer::write_stream(Exchange& exchange, httplib::Response& response) {
  MemoryStream stream(request_line(exchange.head), exchange);
  running = {.exchange = &exchange, .response = &response};
  bool closed = false;
  // It is told that the connection closes: it then saves itself the Keep-Alive header. We set Connection.
  const bool whole = process(*this, stream, closed);
  exchange.close = exchange.close || !whole;
  return whole || !exchange.streamed;
}

template <typename Self>
bool HttplibServer::process(Self& self, httplib::Stream& stream, bool& closed) {
  if constexpr (requires { self.process_request(stream, true, closed, nullptr); })
    return self.process_request(stream, true, closed, nullptr);
  else  // later releases ask for both addresses
    return self.process_request(stream, std::string(), 0, std::string(), 0, true, closed, nullptr);
}

void HttplibServer::handle(Exchange& exchange, httplib::Response& response) {
  if (exchange.head == nullptr) return refuse(exchange, response, exchange.refusal);
  try {
    run_handler(exchange, response);
  } catch (...) {
    with_reason_of_exception([&](std::string_view reason) { refuse(exchange, response, {500, reason}); });
  }
  if (is_stream(response)) admit_stream(exchange, response);
  if (forbids_body(response.status)) {
    response.body.clear();
    drop_stream(response);
  }
}

void HttplibServer::run_handler(Exchange& exchange, httplib::Response& response) {
  response.status = 200;
  exchange.delivery = handler_(*exchange.head, *exchange.body, response);
  if (response.status < 200 || response.status > 999)
    return refuse(exchange, response, {500, "the handler's status is not one that an answer can have"});
  drop_framing(exchange, response.headers);
}

void HttplibServer::refuse(Exchange& exchange, httplib::Response& response, Refusal refusal) {
  clear(response);
  exchange.delivery = {};
  exchange.close = true;
  response.status = refusal.status;
  try {
    responder_(refusal, response);
  } catch (...) {
    clear(response);
    response.status = 500;
  }
  if (refusal.status == 405 && !response.has_header("Allow"))
    response.set_header("Allow", std::string(kServedMethods));
}

void HttplibServer::admit_stream(Exchange& exchange, httplib::Response& response) {
  const bool has_length = response.content_length_ > 0;
  switch (exchange.delivery.fault) {
    case Fault::reset:
    case Fault::close:
    case Fault::hang:
      return drop_stream(response);
    case Fault::truncate:
      // Half of an endless stream is its head. One that has an end is collected, and cut like any other
      // answer.
      if (!has_length)
        response.content_provider_ = [](std::size_t, std::size_t, httplib::DataSink&) { return false; };
      return;
    case Fault::drip:
      if (has_length) return;
      break;
    case Fault::none:
      break;
  }
  using Length = StreamingSocket::Length;
  if (!exchange.socket->begin(exchange.delivery.delay, has_length ? Length::known : Length::open))
    return refuse(exchange, response, {503, "there is no thread left to stream this answer"});
  exchange.delivery = {};
  exchange.streamed = true;
  if (exchange.head->http_1_0) response.is_chunked_content_provider_ = false;
  // Without a length and without chunks, the end of the connection is the end of the answer.
  if (!has_length && !response.is_chunked_content_provider_) exchange.close = true;
}

}  // namespace vault_mock::net
