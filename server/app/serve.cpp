#include "app/serve.hpp"

#include <cerrno>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "app/authority/tls_credentials.hpp"
#include "app/files/ready_file.hpp"
#include "app/log/logging.hpp"
#include "app/machine/local_url.hpp"
#include "app/mock.hpp"
#include "app/signals.hpp"
#include "app/terminal/banner.hpp"
#include "app/terminal/print.hpp"
#include "net/server.hpp"
#include "text/json/json_document.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

constexpr int kCannotStart = 2;

int refuse_to_start(const std::string& why) {
  complain("vault-mock", why);
  return kCannotStart;
}

std::string failure_words(const net::BindError& error, const ServeOptions& options, int port,
                          std::string_view option) {
  if (error.code == EADDRINUSE)
    return fmt::format(
        "port {} is in use; stop what listens there, or choose another with {} (0 takes any free one)", port,
        option);
  if (error.code == EACCES)
    return fmt::format("port {} needs more privileges; choose one above 1023 with {}", port, option);
  if (error.code == EMFILE || error.code == ENFILE)
    return "too few file descriptors: the event loops alone take two for each processor; raise the limit "
           "(ulimit -n)";
  return fmt::format("cannot listen on {}:{}: {}. Check --host and {}", options.host, port, error.message,
                     option);
}

// The URL of the port, or why there is none.
tl::expected<std::string, std::string> listen(net::Server& server, const ServeOptions& options) {
  const auto port = server.bind(options.host, static_cast<std::uint16_t>(options.port));
  if (!port) return tl::unexpected(failure_words(port.error(), options, options.port, "--port"));
  return local_url(options.host, *port);
}

std::string failure_words(const net::TlsContext::Failure& failure, const TlsOptions& options) {
  if (failure.kind != net::TlsContext::Failure::Kind::distrust)
    return fmt::format("a TLS handshake failed: {}", failure.reason);
  return fmt::format("a client does not trust the certificate ({}){}", failure.reason,
                     options.certificate_file.empty() ? "; vault-mock ca shows how to make it" : "");
}

net::TlsContext::OnFailure tell_of_failures(const ServeOptions& options) {
  return [logger = make_logger(options), options](const net::TlsContext::Failure& failure) {
    const auto words = failure_words(failure, options.tls);
    if (options.log_format == LogFormat::json)
      logger->warn(text::dump(nlohmann::ordered_json{{"event", "TLS"}, {"trouble", words}}));
    else
      logger->warn("{}", text::printable(words));
  };
}

tl::expected<std::string, std::string> listen_for_tls(net::Server& server, const ServeOptions& options) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto credentials = tls_credentials(options, now);
  if (!credentials) return tl::unexpected(credentials.error());
  const auto context = net::TlsContext::create(*credentials, tell_of_failures(options));
  if (!context) return tl::unexpected("HTTPS: " + context.error() + ". Check --tls-cert and --tls-key");
  const auto port = server.bind(options.host, static_cast<std::uint16_t>(options.tls.port), *context);
  if (!port) return tl::unexpected(failure_words(port.error(), options, options.tls.port, "--tls-port"));
  return local_url(options.host, *port, net::Scheme::https);
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
  print_painted(banner(options, urls, rules, paint));
}

// Blocks from 256 KB on (bodies of hundreds of KB, their answers) go back to the system as soon as they are
// free: by itself glibc learns to keep up to 64 MB of them for the next ones. Each is mapped, filled with
// pages one by one, and unmapped again, so smaller ones are kept. With a limit of 64 KB a session with a body
// of 64 KB took four times as long; with this one such sessions leave the program 13 MB larger. And threads
// share two arenas: by itself glibc makes up to eight for each processor, and what is freed in one is of no
// use to the others.
void keep_memory_small() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
  mallopt(M_ARENA_MAX, 2);
#endif
}

// What the ready file has on its lines.
std::vector<std::string> lines_of(const Urls& urls) {
  std::vector<std::string> lines = {urls.http};
  if (!urls.https.empty()) lines.push_back(urls.https);
  return lines;
}

}  // namespace

namespace {

// Stops taking signals before what they call is destroyed, also when something is thrown.
class LeaveAtEnd {
 public:
  explicit LeaveAtEnd(Signals& signals) : signals_(signals) {}
  ~LeaveAtEnd() { signals_.leave(); }
  LeaveAtEnd(const LeaveAtEnd&) = delete;
  LeaveAtEnd& operator=(const LeaveAtEnd&) = delete;

 private:
  Signals& signals_;
};

}  // namespace

net::ServerOptions server_options(const ServeOptions& options) {
  net::ServerOptions result;
  result.transport = options.transport;
  return result;
}

int serve(const ServeOptions& options) {
  Signals signals;
  keep_memory_small();
  auto ready_file = ReadyFile::prepare(options.ready_file);
  if (!ready_file) return refuse_to_start(ready_file.error());
  auto mock = Mock::create(options);
  if (!mock) {
    complain_at_length("vault-mock", mock.error());
    return kCannotStart;
  }
  auto& site = (*mock)->site();

  const auto made = net::Server::create(server_options(options), site);
  auto& server = *made;
  Urls urls;
  const auto http = listen(server, options);
  if (!http) return refuse_to_start(http.error());
  urls.http = *http;
  if (options.tls.enabled) {
    const auto https = listen_for_tls(server, options);
    if (!https) return refuse_to_start(https.error());
    urls.https = *https;
  }

  (*mock)->watch_rules();
  signals.listen({.stop = [&server] { server.stop(); }, .reload = [&mock] { (*mock)->reload_rules(); }});
  const LeaveAtEnd leave(signals);
  announce(options, urls, (*mock)->spaces().rules()->size());
  const auto written = ready_file->write(lines_of(urls));
  const bool handlers_left = written && server.run() == net::Server::Stopped::with_handlers_left;
  signals.leave();
  if (handlers_left) static_cast<void>(mock->release());  // they still use it
  return written ? 0 : refuse_to_start(written.error());
}

}  // namespace vault_mock::app
