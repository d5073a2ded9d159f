#include "vault-mock/server.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <variant>

#include "app/cli/options.hpp"
#include "app/cli/print.hpp"
#include "app/machine/local_url.hpp"
#include "app/mock.hpp"
#include "net/epoll/epoll_server.hpp"
#include "site/handler.hpp"
#include "text/contained.hpp"

namespace vault_mock {
namespace {

bool has(const std::vector<std::string>& arguments, const std::string& option) {
  return std::ranges::any_of(
      arguments, [&](const auto& word) { return word == option || word.starts_with(option + "="); });
}

app::ServeOptions read(const std::vector<std::string>& arguments) {
  std::vector<const char*> words{"vault-mock", "serve"};
  const std::pair<const char*, const char*> usual[] = {
      {"--host", "127.0.0.1"}, {"--port", "0"}, {"--log-level", "off"}};
  for (const auto& [option, value] : usual)
    if (!has(arguments, option)) words.insert(words.end(), {option, value});
  for (const auto& argument : arguments) words.push_back(argument.c_str());
  const auto parsed = app::read_command_line(static_cast<int>(words.size()), words.data());
  if (const auto* options = std::get_if<app::ServeOptions>(&parsed)) return *options;
  const auto* exit = std::get_if<app::Exit>(&parsed);
  throw std::runtime_error(
      exit != nullptr && !exit->err.empty() ? exit->err : "vault-mock: these arguments start no server");
}

}  // namespace

class Server::Running {
 public:
  explicit Running(const app::ServeOptions& options) : mock_(make(options)), server_(listen(options)) {
    mock_->watch_rules();
    thread_ = std::thread([this] {
      text::contained([this] { stopped_ = server_->run(); },
                      [](std::string_view why) { app::complain("vault-mock: the server has ended", why); });
    });
  }
  ~Running() {
    server_->stop();
    thread_.join();
    if (stopped_ == net::ConnectionServer::Stopped::with_handlers_left)
      static_cast<void>(mock_.release());  // they still use it
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  const std::string& url() const { return url_; }

 private:
  static std::unique_ptr<app::Mock> make(const app::ServeOptions& options) {
    auto mock = app::Mock::create(options);
    if (!mock) throw std::runtime_error("vault-mock: " + mock.error());
    return std::move(*mock);
  }

  std::unique_ptr<net::ConnectionServer> listen(const app::ServeOptions& options) {
    auto& site = mock_->site();
    auto server = std::make_unique<net::ConnectionServer>(net::ServerOptions{}, site::handler_of(site),
                                                          site::error_responder_of(site));
    const auto port = server->bind(options.host, static_cast<std::uint16_t>(options.port));
    if (!port) throw std::runtime_error("vault-mock: " + port.error().message);
    url_ = app::local_url(options.host, *port);
    return server;
  }

  std::string url_;
  std::unique_ptr<app::Mock> mock_;
  std::unique_ptr<net::ConnectionServer> server_;
  net::ConnectionServer::Stopped stopped_ = net::ConnectionServer::Stopped::cleanly;
  std::thread thread_;
};

Server::Server(const std::vector<std::string>& arguments)
    : running_(std::make_unique<Running>(read(arguments))) {}
Server::~Server() = default;

const std::string& Server::url() const { return running_->url(); }

}  // namespace vault_mock
