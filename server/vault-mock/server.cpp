#include "vault-mock/server.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "app/cli/serve_command.hpp"
#include "app/log/logging.hpp"
#include "app/mock_server.hpp"
#include "app/terminal/print.hpp"
#include "text/contained.hpp"

namespace vault_mock {
namespace {

bool has(const std::vector<std::string>& arguments, const std::string& option) {
  return std::ranges::any_of(arguments, [&](const auto& word) {
    return word == option || word.starts_with(option + "=") || (option == "--port" && word == "-p");
  });
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
  explicit Running(const app::ServeOptions& options) : server_(make(options)) {
    if (const auto written = server_->write_ready_file(); !written) fail(written.error());
    thread_ = std::thread([this] {
      text::contained([this] { server_->run(); },
                      [](std::string_view why) { app::complain("vault-mock: the server has ended", why); });
    });
  }
  ~Running() {
    server_->stop();
    thread_.join();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  const app::Urls& urls() const { return server_->urls(); }

 private:
  [[noreturn]] static void fail(const std::string& why) { throw std::runtime_error("vault-mock: " + why); }

  static std::unique_ptr<app::MockServer> make(const app::ServeOptions& options) {
    auto server = app::MockServer::create(options, app::make_log(options));
    if (!server) fail(server.error());
    return std::move(*server);
  }

  std::unique_ptr<app::MockServer> server_;
  std::thread thread_;
};

Server::Server(const std::vector<std::string>& arguments)
    : running_(std::make_unique<Running>(read(arguments))) {}
Server::~Server() = default;

const std::string& Server::url() const { return running_->urls().http; }
const std::string& Server::https_url() const { return running_->urls().https; }

}  // namespace vault_mock
