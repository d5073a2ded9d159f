#include "net/httplib/httplib_server.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <list>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include "net/httplib/connection_thread.hpp"
#include "text/mutex.hpp"

namespace vault_mock::net {
namespace {

using Clock = std::chrono::steady_clock;

// After an error that made httplib stop listening.
constexpr std::chrono::milliseconds kListenAgain{20};

void make_blocking(int socket) { ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) & ~O_NONBLOCK); }
void make_non_blocking(int socket) { ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK); }

// What is kept free for rule files, TLS and the journal's readers.
constexpr std::size_t kOtherDescriptors = 32;
constexpr std::size_t kFewestThreads = 4;

}  // namespace

class HttplibServer final : public Server, public std::enable_shared_from_this<HttplibServer> {
 public:
  HttplibServer(ServerOptions options, Handler& handler)
      : options_(options),
        handler_(handler),
        room_(room_for(options.max_threads)),
        pool_(std::make_shared<ThreadPool>(room_.threads, room_.waiting)) {}

  tl::expected<std::uint16_t, BindError> bind(const std::string& host, std::uint16_t port,
                                              std::shared_ptr<const TlsContext> tls) override {
    if (const int error = stop_.error(); error != 0)
      return tl::unexpected(bind_error("a pipe cannot be made", error));
    if (room_.threads < std::min<std::size_t>(kFewestThreads, options_.max_threads) || !spare_)
      return tl::unexpected(bind_error("connections cannot be served", EMFILE));
    const auto taken = listener_.listen(host, port, tls);
    for (const auto& endpoint : listener_.endpoints()) make_blocking(endpoint.socket);
    return taken;
  }

  Stopped run() override {
    std::vector<std::thread> accepting;
    for (const auto& endpoint : listener_.endpoints()) {
      auto& server = servers_.emplace_back(
          [this, &endpoint](EndpointServer& self, Descriptor socket) {
            serve(self, endpoint, std::move(socket));
          },
          pool_, weak_from_this());
      accepting.emplace_back([this, &server, &endpoint] { accept(server, endpoint); });
    }
    stop_.wait();
    for (const auto& endpoint : listener_.endpoints()) ::shutdown(endpoint.socket, SHUT_RDWR);
    // The connections first: where they hold all descriptors, accept() says so for as long as they do, and
    // does not see that nobody listens.
    const bool drained = drain();
    drained_ = true;
    spare_.close();
    for (auto& thread : accepting) thread.join();
    return drained ? Stopped::cleanly : Stopped::with_handlers_left;
  }

  void stop() override { stop_.send(); }
  bool stopping() const override { return stop_.is_sent(); }
  std::size_t connections() const override {
    const text::MutexLock lock(mutex_);
    return sockets_.size();
  }
  std::size_t threads() const override { return pool_->threads(); }

 private:
  // How many connections can have a thread, and how many more can wait for one.
  struct Room {
    std::size_t threads = 0;
    std::size_t waiting = 0;
  };

  static Room room_for(std::size_t max_threads) {
    const auto descriptors = raise_descriptor_limit();
    if (descriptors <= kOtherDescriptors) return {};
    const auto connections = descriptors - kOtherDescriptors;
    const auto threads = std::min(max_threads, connections - connections / 4);
    return {.threads = threads, .waiting = std::clamp<std::size_t>(connections - threads, 1, max_threads)};
  }

  void accept(EndpointServer& server, const Listener::Endpoint& endpoint) noexcept {
    while (!stop_.is_sent()) {
      try {
        server.accept_from(endpoint.socket);
      } catch (...) {
        report_exception(handler_);
      }
      if (!stop_.is_sent()) std::this_thread::sleep_for(kListenAgain);
    }
  }

  void serve(EndpointServer& server, const Listener::Endpoint& endpoint, Descriptor descriptor) noexcept {
    if (drained_) return;  // it came too late
    try {
      const int number = descriptor.get();
      make_non_blocking(number);
      ClientSocket socket{.descriptor = std::move(descriptor), .tls = nullptr};
      if (endpoint.tls) socket.tls = std::make_unique<TlsChannel>(*endpoint.tls, number);
      {
        const Registered registered(*this, number);
        ConnectionThread(context_, server, socket).run();
      }
      socket.close();
    } catch (...) {
      report_exception(handler_);
    }
  }

  // False: some handlers do not return.
  bool drain() {
    if (pool_->end_by(Clock::now() + options_.times.drain)) return true;
    {
      const text::MutexLock lock(mutex_);
      for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
    }
    return pool_->end_by(Clock::now() + kStopGrace);
  }

  // In the list of sockets for as long as it lives.
  class Registered {
   public:
    Registered(HttplibServer& server, int socket) : server_(server) {
      const text::MutexLock lock(server_.mutex_);
      self_ = server_.sockets_.insert(server_.sockets_.end(), socket);
    }
    ~Registered() {
      const text::MutexLock lock(server_.mutex_);
      server_.sockets_.erase(self_);
    }
    Registered(const Registered&) = delete;
    Registered& operator=(const Registered&) = delete;

   private:
    HttplibServer& server_;
    std::list<int>::iterator self_;
  };

  const ServerOptions options_;
  Handler& handler_;
  StopSignal stop_;
  Listener listener_;
  const Room room_;
  const std::shared_ptr<ThreadPool> pool_;
  Descriptor spare_{::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)};  // closed for accept() to have one at a stop
  std::atomic<bool> drained_{false};
  std::atomic<std::size_t> streams_{0};
  const ServingContext context_{.handler = handler_,
                                .limits = options_.requests,
                                .times = options_.times,
                                .stop = stop_,
                                .pool = *pool_,
                                .streams = streams_,
                                .max_streams = room_.threads / 2};
  std::list<EndpointServer> servers_;
  mutable text::Mutex mutex_;                  // protects the following
  std::list<int> sockets_ GUARDED_BY(mutex_);  // of the connections being served
};

std::shared_ptr<Server> make_httplib_server(ServerOptions options, Handler& handler) {
  return std::make_shared<HttplibServer>(options, handler);
}

}  // namespace vault_mock::net
