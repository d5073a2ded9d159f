#include "scenarios/player/stage.hpp"
#include "support/raw_client.hpp"
#include "text/ascii.hpp"

namespace vault_mock::scenarios {
namespace {

using namespace std::chrono_literals;
using support::RawClient;

// The request as it goes over the wire.
std::string to_bytes(const Request& request) {
  std::string bytes = request.method + " " + request.target + " HTTP/1.1\r\n";
  for (const auto& [name, value] : sent_headers(request)) bytes += name + ": " + value + "\r\n";
  return bytes + "\r\n" + request.body;
}

Answer read_answer(std::string_view bytes) {
  Answer answer{.status = support::status_of(bytes), .headers = {}, .body = support::body_of(bytes)};
  auto head = bytes.substr(0, bytes.find("\r\n\r\n"));
  while (!head.empty()) {
    const auto line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(head.size(), line.size() + 2));
    if (const auto colon = line.find(':'); colon != line.npos && line.data() != bytes.data())
      answer.headers.emplace_back(text::lower(line.substr(0, colon)), text::trim(line.substr(colon + 1)));
  }
  return answer;
}

// One connection, made again when the server has closed it.
class OverSocket final : public Stage {
 public:
  explicit OverSocket(std::uint16_t port) : port_(port) {}

  tl::expected<Reply, std::string> ask(const Request& request) override {
    if (!client_) client_.emplace(port_);
    const auto begin = std::chrono::steady_clock::now();  // the server may have it before send() returns
    // The server may refuse a request before it has read all of it.
    client_->try_send(to_bytes(request));
    const auto asked = request.method == "HEAD" ? RawClient::Asked::for_head : RawClient::Asked::for_body;
    const auto bytes = client_->read_answer(asked, kPatience);
    const auto delay = std::chrono::steady_clock::now() - begin;
    if (bytes.empty()) return tl::unexpected(std::string("the connection brought none"));
    auto answer = read_answer(bytes);
    if (text::equal_ignoring_case(support::header_of(bytes, "connection"), "close")) client_.reset();
    return Reply{.answer = std::move(answer), .delay = delay};
  }

  // A busy machine may be late, never early.
  bool takes(std::chrono::nanoseconds expected, std::chrono::nanoseconds actual) const override {
    return actual >= expected && actual < expected + 10s;
  }

 private:
  static constexpr auto kPatience = 20s;
  const std::uint16_t port_;
  std::optional<RawClient> client_;
};

}  // namespace

tl::expected<std::unique_ptr<Stage>, std::string> Programs::make_stage(
    const std::vector<std::string>& options) {
  auto& program = programs_[options];
  if (!program) {
    const auto folder = folder_ / std::to_string(programs_.size());
    std::filesystem::create_directories(folder);
    auto started = support::Program::start(path_, options, folder);
    if (!started) return tl::unexpected(started.error());
    program = std::move(*started);
  }
  return std::make_unique<OverSocket>(program->port());
}

std::string Programs::stop_all() {
  std::string mistakes;
  for (auto& [options, program] : programs_)
    if (program)
      if (const auto stopped = program->stop(); !stopped) mistakes += stopped.error() + "\n";
  programs_.clear();
  return mistakes;
}

}  // namespace vault_mock::scenarios
