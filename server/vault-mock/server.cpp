#include "vault-mock/server.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "app/cli/serve_command.hpp"
#include "app/machine/local_url.hpp"
#include "app/mock.hpp"
#include "app/serve.hpp"
#include "app/terminal/print.hpp"
#include "net/server.hpp"
#include "text/contained.hpp"

namespace vault_mock {
namespace {

bool has(const std::vector<std::string>& arguments, const std::string& option) {
  return std::ranges::any_of(
      arguments, [&](const auto& word) { return word == option || word.starts_with(option + "="); });
}

app::ServeOptions read(const std::vector<std::string>& arguments) {
  std::vector<std::string> words;
  const std::pair<const char*, const char*> usual[] = {
      {"--host", "127.0.0.1"}, {"--port", "0"}, {"--log-level", "off"}};
  for (const auto& [option, value] : usual)
    if (!has(arguments, option)) words.insert(words.end(), {option, value});
  words.insert(words.end(), arguments.begin(), arguments.end());
  auto options = app::read_serve_options(std::move(words));
  if (options) return *std::move(options);
  const auto& why = options.error().err;
  throw std::runtime_error(why.empty() ? "vault-mock: these arguments start no server" : why);
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
    if (stopped_ == net::Server::Stopped::with_handlers_left)
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

  std::unique_ptr<net::Server> listen(const app::ServeOptions& options) {
    auto server = net::Server::create(app::server_options(options), mock_->site());
    const auto port = server->bind(options.host, static_cast<std::uint16_t>(options.port));
    if (!port) throw std::runtime_error("vault-mock: " + port.error().message);
    url_ = app::local_url(options.host, *port);
    return server;
  }

  std::string url_;
  std::unique_ptr<app::Mock> mock_;
  std::unique_ptr<net::Server> server_;
  net::Server::Stopped stopped_ = net::Server::Stopped::cleanly;
  std::thread thread_;
};

Server::Server(const std::vector<std::string>& arguments)
    : running_(std::make_unique<Running>(read(arguments))) {}
Server::~Server() = default;

const std::string& Server::url() const { return running_->url(); }

}  // namespace vault_mock
