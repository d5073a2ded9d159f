#include "app/cli/serve_command.hpp"

#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/serve_option_groups.hpp"
#include "app/serve.hpp"

namespace vault_mock::app {
namespace {

Command serve_command_into(const std::shared_ptr<ServeOptions>& options) {
  return {
      .name = "serve",
      .about = "A local fake of Apideck's Vault: exact answers, errors on demand, explanations.",
      .examples = {{"vault-mock", "Serve http://127.0.0.1:4010 with the default rules"},
                   {"vault-mock rules/", "Add the rule files of a folder"},
                   {"vault-mock --port 0 --ready-file ready", "Take any free port; its URL is in `ready`"},
                   {"vault-mock --tls", "Serve https://localhost:4443 as well"},
                   {"vault-mock --seed 1 --now 2027-01-01T00:00:00Z", "Answer the same on every run"},
                   {"vault-mock explain rules/ --consumer-id acme", "Show an answer and its reasons"}},
      .groups = serve_option_groups(*options),
      .others = listed_commands,
      .notes = {"Every option can be set by the environment variable shown with it; the command line "
                "wins. VAULT_MOCK_FIXTURES names one file or folder. `vault-mock start` and "
                "`vault-mock run` mean the same as `vault-mock serve` and as `vault-mock` alone.",
                "SIGHUP reads the rule files again. Exit code: 0 after SIGINT, SIGTERM or the end of "
                "--with-parent, 2 if the mock could not start."},
      .run = [options] {
        add_warnings(*options);
        return serve(*options);
      }};
}

}  // namespace

Command serve_command() { return serve_command_into(std::make_shared<ServeOptions>()); }

tl::expected<ServeOptions, Ending> read_serve_options(std::vector<std::string> words) {
  const auto options = std::make_shared<ServeOptions>();
  if (auto ending = read_words(serve_command_into(options), std::move(words), environment_of_process()))
    return tl::unexpected(std::move(*ending));
  add_warnings(*options);
  return *options;
}

}  // namespace vault_mock::app
