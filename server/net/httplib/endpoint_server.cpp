#include "net/httplib/endpoint_server.hpp"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <utility>

#include "net/date_field.hpp"
#include "text/ascii.hpp"
#include "text/reason_phrase.hpp"

namespace vault_mock::net {
namespace {

// What httplib's callbacks, which are the server's, need of the answer at hand, which is the thread's.
struct Writing {
  const Answer* answer = nullptr;
  Framing* framing = nullptr;
  const EndpointServer::Pause* pause = nullptr;
};
thread_local Writing writing;

// httplib's Server asks for a pool of its own, and ends it when it stops listening. This one is shared.
class SharedPool final : public httplib::TaskQueue {
 public:
  SharedPool(std::shared_ptr<ThreadPool> pool, std::weak_ptr<const void> owner)
      : pool_(std::move(pool)), owner_(std::move(owner)) {}
  // bool in later releases: whether there was room for the task.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));
  Enqueued enqueue(std::function<void()> task) override {
    pool_->enqueue([task = std::move(task), kept = owner_.lock()] { task(); });
    return Enqueued(true);
  }
  void shutdown() override {}

 private:
  const std::shared_ptr<ThreadPool> pool_;
  const std::weak_ptr<const void> owner_;
};

// The request line for httplib to read, and the place for what it writes. The functions are those of
// httplib::Stream in all releases from 0.11 on; the ones a release does not have are just functions. That is
// why none says `override`.
class AnswerStream final : public httplib::Stream {
 public:
  AnswerStream(std::string_view request_line, const EndpointServer::Send& send)
      : input_(request_line), send_(send) {}

  // NOLINTBEGIN(modernize-use-override)
  bool is_readable() const { return !input_.empty(); }
  bool wait_readable() const { return true; }
  bool is_writable() const { return !failed_ && send_({}); }  // an empty piece only asks
  bool wait_writable() const { return is_writable(); }
  bool is_peer_alive() const { return is_writable(); }
  time_t duration() const { return 0; }
  void set_read_timeout(time_t, time_t) {}

  ssize_t read(char* bytes, std::size_t size) {
    const auto taken = std::min(size, input_.size());
    std::memcpy(bytes, input_.data(), taken);
    input_.remove_prefix(taken);
    return static_cast<ssize_t>(taken);
  }

  ssize_t write(const char* bytes, std::size_t size) {
    std::string_view piece(bytes, size);
    if (!std::exchange(begun_, true)) piece.remove_prefix(send_status_line(piece));
    failed_ = failed_ || (!piece.empty() && !send_(piece));
    return failed_ ? -1 : static_cast<ssize_t>(size);
  }

  void get_remote_ip_and_port(std::string&, int&) const {}
  void get_local_ip_and_port(std::string&, int&) const {}
  // httplib only compares it with FD_SETSIZE, which must not limit us.
  socket_t socket() const { return 0; }
  // NOLINTEND(modernize-use-override)

 private:
  // httplib knows few reason phrases: what it does not know is an "Internal Server Error" to it. → how many
  // bytes of the head were its status line
  std::size_t send_status_line(std::string_view head) {
    constexpr std::size_t kUpToStatus = std::string_view("HTTP/1.1 200 ").size();
    const auto end = head.find("\r\n");
    if (end == head.npos || end < kUpToStatus) return 0;
    const auto phrase = text::reason_phrase(writing.answer->status);
    failed_ = !send_(std::string(head.substr(0, kUpToStatus)).append(phrase));
    return end;
  }

  std::string_view input_;
  const EndpointServer::Send& send_;
  bool begun_ = false;
  bool failed_ = false;
};

// httplib asks for piece after piece, until one fails.
void set_stream(httplib::Response& response, const Answer& answer, const Framing& framing,
                const EndpointServer::Pause& pause) {
  const auto provide = [&answer, &pause](std::size_t, httplib::DataSink& sink) {
    if (answer.delivery.fault == Fault::truncate) return false;  // half of what has no end is its head
    const auto piece = answer.next_piece();
    return (piece.bytes.empty() || sink.write(piece.bytes.data(), piece.bytes.size())) && pause(piece.pause);
  };
  if (framing.http_1_0)
    response.set_content_provider("", provide);
  else
    response.set_chunked_content_provider("", provide);
  response.headers.erase("Content-Type");  // the answer has its own
}

void fill(httplib::Response& response) {
  const auto& answer = *writing.answer;
  response.status = answer.status;
  response.body = answer.body;
  if (answer.next_piece) set_stream(response, answer, *writing.framing, *writing.pause);
  for (const auto& [name, value] : answer.headers) response.headers.emplace(name, value);
}

// What httplib has added and is ours to say.
void settle_headers(httplib::Response& response, const Answer& answer, const Framing& framing) {
  const bool says_ranges = std::ranges::any_of(
      answer.headers, [](const auto& field) { return text::is_named(field, "accept-ranges"); });
  std::erase_if(response.headers, [&](const auto& field) {
    const auto is = [&](std::string_view name) { return text::equal_ignoring_case(field.first, name); };
    return is("Connection") || is("Keep-Alive") || (is("Accept-Ranges") && !says_ranges) ||
           (forbids_body(response.status) && is("Content-Length"));
  });
  if (framing.close)
    response.set_header("Connection", "close");
  else if (framing.http_1_0)
    response.set_header("Connection", "keep-alive");
  if (!response.has_header("Date")) response.set_header("Date", std::string(current_date()));
}

}  // namespace

EndpointServer::EndpointServer(Serve serve, std::shared_ptr<ThreadPool> pool, std::weak_ptr<const void> owner)
    : serve_(std::move(serve)) {
  new_task_queue = [pool = std::move(pool), owner = std::move(owner)] { return new SharedPool(pool, owner); };
  // The handler has had its turn: what it made is all that httplib is to write.
  set_pre_routing_handler([](const httplib::Request&, httplib::Response& response) {
    fill(response);
    return HandlerResponse::Handled;
  });
  set_post_routing_handler([](const httplib::Request&, httplib::Response& response) {
    settle_headers(response, *writing.answer, *writing.framing);
  });
}

// httplib closes the socket that it listens on, and stops at errors which pass; it gets a copy each time.
void EndpointServer::accept_from(int listening) {
  svr_sock_ = ::fcntl(listening, F_DUPFD_CLOEXEC, 0);
  if (svr_sock_ != INVALID_SOCKET) listen_after_bind();
}

bool EndpointServer::process_and_close_socket(socket_t socket) {
  serve_(*this, Descriptor(socket));
  return true;
}

bool EndpointServer::write(const Answer& answer, Framing& framing, const Send& send, const Pause& pause) {
  // Without a length and without chunks, the end of the connection is the end of the answer.
  if (answer.next_piece && framing.http_1_0) framing.close = true;
  AnswerStream stream(framing.head_only ? "HEAD / HTTP/1.1\r\n\r\n" : "GET / HTTP/1.1\r\n\r\n", send);
  writing = {.answer = &answer, .framing = &framing, .pause = &pause};
  bool closed = false;
  return process(*this, stream, closed);
}

template <typename Self>
bool EndpointServer::process(Self& self, httplib::Stream& stream, bool& closed) {
  // It is told that the connection closes: it then saves itself the Keep-Alive header. We set Connection.
  if constexpr (requires { self.process_request(stream, true, closed, nullptr); })
    return self.process_request(stream, true, closed, nullptr);
  else  // later releases ask for both addresses
    return self.process_request(stream, std::string(), 0, std::string(), 0, true, closed, nullptr);
}

}  // namespace vault_mock::net
