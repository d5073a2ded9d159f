#include "app/mock_server.hpp"

#include <array>
#include <chrono>
#include <fmt/format.h>
#include <unistd.h>
#include <vector>

#include "app/authority/tls_credentials.hpp"
#include "app/machine/bind_words.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

net::ServerOptions server_options(const ServeOptions& options) {
  net::ServerOptions result;
  result.transport = options.transport;
  return result;
}

tl::expected<std::uint16_t, std::string> listen_at(net::Server& server, const std::string& host, int port,
                                                   std::string_view option,
                                                   std::shared_ptr<const net::TlsContext> tls = nullptr) {
  const auto bound = server.bind(host, static_cast<std::uint16_t>(port), std::move(tls));
  if (bound) return *bound;
  const auto words = bind_words(bound.error(), port, option);
  return tl::unexpected(words.trouble + "; " + words.remedy);
}

// Of the host and the port: "mock-7d9f:4010".
std::string replica_name(std::string_view url) {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) return std::string(url);
  return std::string(host.data()).append(url.substr(url.rfind(':')));
}

std::string failure_words(const net::TlsContext::Failure& failure, const TlsOptions& options) {
  if (failure.kind != net::TlsContext::Failure::Kind::distrust)
    return fmt::format("a handshake failed: {}", failure.reason);
  return fmt::format("a client does not trust the certificate ({}){}", failure.reason,
                     options.certificate_file.empty() ? "; vault-mock ca shows how to make it" : "");
}

tl::expected<std::shared_ptr<const net::TlsContext>, std::string> tls_context(
    const ServeOptions& options, const std::shared_ptr<const site::Log>& log) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto credentials = tls_credentials(options, now);
  if (!credentials) return tl::unexpected(credentials.error());
  auto context = net::TlsContext::create(
      *credentials, [log, tls = options.tls](const net::TlsContext::Failure& failure) {
        log->tell(site::Log::Level::warn, "TLS", failure_words(failure, tls));
      });
  if (!context) return tl::unexpected("HTTPS: " + context.error() + ". Check --tls-cert and --tls-key");
  return *std::move(context);
}

}  // namespace

MockServer::MockServer(ReadyFile ready_file, std::unique_ptr<Mock> mock, std::shared_ptr<net::Server> server)
    : ready_file_(std::move(ready_file)), mock_(std::move(mock)), server_(std::move(server)) {}

MockServer::~MockServer() {
  if (stopped_ == net::Server::Stopped::with_handlers_left)
    static_cast<void>(mock_.release());  // they still use it
}

tl::expected<std::unique_ptr<MockServer>, std::string> MockServer::create(
    const ServeOptions& options, const std::shared_ptr<const site::Log>& log) {
  auto ready_file = ReadyFile::prepare(options.ready_file);
  if (!ready_file) return tl::unexpected(text::printable(ready_file.error()));
  auto mock = Mock::create(options, log);
  if (!mock) return tl::unexpected(mock.error());
  auto server = net::Server::create(server_options(options), (*mock)->site());
  (*mock)->show_connections([known = std::weak_ptr(server)] {
    const auto running = known.lock();
    return running ? running->connections() : 0;
  });
  std::unique_ptr<MockServer> made(
      new MockServer(std::move(*ready_file), std::move(*mock), std::move(server)));
  if (const auto listens = made->listen(options, log); !listens)
    return tl::unexpected(text::printable(listens.error()));
  made->mock_->share(replica_name(made->urls_.http));
  made->mock_->watch_rules();
  return made;
}

tl::expected<void, std::string> MockServer::listen(const ServeOptions& options,
                                                   const std::shared_ptr<const site::Log>& log) {
  const auto http = listen_at(*server_, options.host, options.port, "--port");
  if (!http) return tl::unexpected(http.error());
  urls_.http = local_url(options.host, *http);
  if (!options.tls.enabled) return {};
  const auto context = tls_context(options, log);
  if (!context) return tl::unexpected(context.error());
  const auto https = listen_at(*server_, options.host, options.tls.port, "--tls-port", *context);
  if (!https) return tl::unexpected(https.error());
  urls_.https = local_url(options.host, *https, net::Scheme::https);
  return {};
}

tl::expected<void, std::string> MockServer::write_ready_file() {
  std::vector<std::string> lines = {urls_.http};
  if (!urls_.https.empty()) lines.push_back(urls_.https);
  return ready_file_.write(lines);
}

net::Server::Stopped MockServer::run() { return stopped_ = server_->run(); }

}  // namespace vault_mock::app
