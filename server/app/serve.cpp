#include "app/serve.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "app/banner.hpp"
#include "app/local_url.hpp"
#include "app/logging.hpp"
#include "app/mock.hpp"
#include "app/ready_file.hpp"
#include "http/connection_server.hpp"
#include "http/handler.hpp"
#include "text/json.hpp"

namespace vault_mock::app {
namespace {

constexpr int kCannotStart = 2;

int refuse_to_start(const std::string& why) {
  std::fputs(("vault-mock: " + why + (why.ends_with('\n') ? "" : "\n")).c_str(), stderr);
  return kCannotStart;
}

// While it lives, SIGINT and SIGTERM stop the server; also as process 1, which gets no signal it has no
// handler for.
class StopOnSignal {
 public:
  explicit StopOnSignal(http::ConnectionServer& server) {
    server_ = &server;
    struct sigaction action {};
    action.sa_handler = [](int) { server_.load()->stop(); };
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    // Writing to a reader that is gone, or to a log file that may not grow further, is an error and not the
    // end.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
  }
  ~StopOnSignal() {
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGTERM, SIG_IGN);
  }
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

 private:
  static inline std::atomic<http::ConnectionServer*> server_ = nullptr;
};

std::string words_for(const http::BindError& error, const ServeOptions& options) {
  if (error.code == EADDRINUSE)
    return fmt::format(
        "port {} is in use: stop what listens there, or choose another with --port (0 takes any free one)",
        options.port);
  if (error.code == EACCES)
    return fmt::format("port {} needs more rights: choose one above 1023 with --port", options.port);
  return fmt::format("cannot listen on {}:{}: {}. Check --host and --port", options.host, options.port,
                     error.message);
}

// The banner; where every line is to be JSON, one log entry in its place.
void announce(const ServeOptions& options, const std::string& url, std::size_t rules) {
  if (options.log_format == LogFormat::json) {
    make_logger(options)->info(text::dump({{"listening", url}, {"rules", rules}}));
    return;
  }
  const auto paint = isatty(STDOUT_FILENO) != 0 ? Paint::coloured : Paint::plain;
  std::fputs(banner(options, url, rules, paint).c_str(), stdout);
  std::fflush(stdout);
}

// What one thread keeps in the journal, another frees. With a heap for each thread glibc then holds twice the
// memory, and answers no faster (tests/bench/RESULTS.md). Large blocks (bodies, answers) are to go back to
// the system as soon as they are free: by itself glibc learns to keep up to 64 MB of them for the next ones.
void keep_memory_small() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  mallopt(M_TRIM_THRESHOLD, 4 * 1024 * 1024);
#endif
}

}  // namespace

int serve(const ServeOptions& options) {
  keep_memory_small();
  const auto mock = Mock::create(options);
  if (!mock) return refuse_to_start(mock.error());
  auto& site = (*mock)->site();

  http::ConnectionServer server({}, http::handler_of(site), http::error_responder_of(site));
  const auto port = server.bind(options.host, static_cast<std::uint16_t>(options.port));
  if (!port) return refuse_to_start(words_for(port.error(), options));
  const StopOnSignal stop_on_signal(server);

  (*mock)->watch_rules();
  const auto url = local_url(options.host, *port);
  announce(options, url, (*mock)->spaces().rules()->size());
  if (!options.ready_file.empty())
    if (const auto written = write_ready_file(options.ready_file, url); !written)
      return refuse_to_start(written.error());
  server.run();
  return 0;
}

}  // namespace vault_mock::app
