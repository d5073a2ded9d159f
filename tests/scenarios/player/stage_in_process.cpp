#include "app/cli/serve_command.hpp"
#include "app/log/logging.hpp"
#include "app/mock.hpp"
#include "scenarios/player/stage.hpp"
#include "text/headers.hpp"

namespace vault_mock::scenarios {
namespace {

class InProcess final : public Stage {
 public:
  explicit InProcess(std::unique_ptr<app::Mock> mock) : mock_(std::move(mock)) {}

  tl::expected<Reply, std::string> ask(const Request& request) override {
    const auto sent = sent_headers(request);
    auto answer = mock_->site().handle({.method = request.method,
                                        .target = request.target,
                                        .headers = {sent.begin(), sent.end()},
                                        .body = request.body});
    if (answer.delivery.fault != net::Fault::none || answer.next_piece)
      return tl::unexpected(
          std::string("the answer is a stream, or broken on purpose: there is none to compare"));
    if (request.method == "HEAD") answer.body.clear();  // as a transport does
    return Reply{.answer = {.status = answer.status,
                            .headers = std::move(answer.headers),
                            .body = std::move(answer.body)},
                 .delay = answer.delivery.delay};
  }

  bool takes(std::chrono::nanoseconds expected, std::chrono::nanoseconds actual) const override {
    return actual == expected;
  }

 private:
  const std::unique_ptr<app::Mock> mock_;
};

}  // namespace

tl::expected<std::unique_ptr<Stage>, std::string> make_stage_in_process(
    const std::vector<std::string>& options) {
  const auto read = app::read_serve_options(options);
  if (!read) return tl::unexpected(read.error().out + read.error().err);
  auto mock = app::Mock::create(*read, app::make_log(*read));
  if (!mock) return tl::unexpected(mock.error());
  return std::make_unique<InProcess>(std::move(*mock));
}

}  // namespace vault_mock::scenarios
