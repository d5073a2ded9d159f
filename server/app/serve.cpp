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
#include "app/tls_credentials.hpp"
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

std::string failure_words(const http::BindError& error, const ServeOptions& options, int port,
                          std::string_view option) {
  if (error.code == EADDRINUSE)
    return fmt::format(
        "port {} is in use: stop what listens there, or choose another with {} (0 takes any free one)", port,
        option);
  if (error.code == EACCES)
    return fmt::format("port {} needs more rights: choose one above 1023 with {}", port, option);
  return fmt::format("cannot listen on {}:{}: {}. Check --host and {}", options.host, port, error.message,
                     option);
}

// The URL of the port, or why there is none.
tl::expected<std::string, std::string> listen(http::ConnectionServer& server, const ServeOptions& options) {
  const auto port = server.bind(options.host, static_cast<std::uint16_t>(options.port));
  if (!port) return tl::unexpected(failure_words(port.error(), options, options.port, "--port"));
  return local_url(options.host, *port);
}

std::string failure_words(const http::TlsContext::Failure& failure, const TlsOptions& options) {
  if (failure.kind != http::TlsContext::Failure::Kind::distrust)
    return fmt::format("a TLS handshake failed: {}", failure.reason);
  return fmt::format("a client does not trust the certificate ({}){}", failure.reason,
                     options.certificate_file.empty() ? ": vault-mock ca says how it learns to" : "");
}

http::TlsContext::OnFailure tell_of_failures(const ServeOptions& options) {
  return [logger = make_logger(options), options](const http::TlsContext::Failure& failure) {
    const auto words = failure_words(failure, options.tls);
    if (options.log_format == LogFormat::json)
      logger->warn(text::dump(nlohmann::ordered_json{{"event", "TLS"}, {"trouble", words}}));
    else
      logger->warn("{}", words);
  };
}

tl::expected<std::string, std::string> listen_for_tls(http::ConnectionServer& server,
                                                      const ServeOptions& options) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto credentials = tls_credentials(options, now);
  if (!credentials) return tl::unexpected(credentials.error());
  const auto context = http::TlsContext::create(*credentials, tell_of_failures(options));
  if (!context) return tl::unexpected("HTTPS: " + context.error() + ". Check --tls-cert and --tls-key");
  const auto port = server.bind(options.host, static_cast<std::uint16_t>(options.tls.port), *context);
  if (!port) return tl::unexpected(failure_words(port.error(), options, options.tls.port, "--tls-port"));
  return local_url(options.host, *port, http::Scheme::https);
}

// The banner; where every line is to be JSON, one log entry in its place.
void announce(const ServeOptions& options, const Urls& urls, std::size_t rules) {
  if (options.log_format == LogFormat::json) {
    nlohmann::ordered_json entry = {{"listening", urls.http},
                                    {"rules", rules},
                                    {"journal_size", options.journal_size},
                                    {"space_memory", options.space_memory},
                                    {"memory", options.memory}};
    if (!urls.https.empty()) entry["https"] = urls.https;
    make_logger(options)->info(text::dump(entry));
    return;
  }
  const auto paint = isatty(STDOUT_FILENO) != 0 ? Paint::coloured : Paint::plain;
  std::fputs(banner(options, urls, rules, paint).c_str(), stdout);
  std::fflush(stdout);
}

// Large blocks (bodies, answers) are to go back to the system as soon as they are free: by itself glibc
// learns to keep up to 64 MB of them for the next ones.
void keep_memory_small() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 64 * 1024);
  mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
#endif
}

// What the ready file has on its lines.
std::vector<std::string> lines_of(const Urls& urls) {
  std::vector<std::string> lines = {urls.http};
  if (!urls.https.empty()) lines.push_back(urls.https);
  return lines;
}

}  // namespace

int serve(const ServeOptions& options) {
  keep_memory_small();
  const auto mock = Mock::create(options);
  if (!mock) return refuse_to_start(mock.error());
  auto& site = (*mock)->site();

  http::ConnectionServer server({}, http::handler_of(site), http::error_responder_of(site));
  Urls urls;
  const auto http = listen(server, options);
  if (!http) return refuse_to_start(http.error());
  urls.http = *http;
  if (options.tls.enabled) {
    const auto https = listen_for_tls(server, options);
    if (!https) return refuse_to_start(https.error());
    urls.https = *https;
  }
  const StopOnSignal stop_on_signal(server);

  (*mock)->watch_rules();
  announce(options, urls, (*mock)->spaces().rules()->size());
  if (!options.ready_file.empty())
    if (const auto written = write_ready_file(options.ready_file, lines_of(urls)); !written)
      return refuse_to_start(written.error());
  server.run();
  return 0;
}

}  // namespace vault_mock::app
