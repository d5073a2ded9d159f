#include "app/cli/serve_option_groups.hpp"

#include <fmt/format.h>

#include "app/authority/authority.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/option_kinds.hpp"
#include "app/files/foreign_file.hpp"
#include "net/tls/pem.hpp"
#include "redis/url.hpp"
#include "text/size.hpp"

namespace vault_mock::app {
namespace {

constexpr Bounds<int> kPorts{0, 65'535};
constexpr Bounds<std::size_t> kCounts{1, 1'000'000};

std::string check_name(const std::string& name) {
  return is_certificate_name(name) ? "" : "'" + name + "' is not a valid host name or address";
}

std::vector<std::string> transports() {
#ifdef __linux__
  return {"epoll", "httplib"};
#else
  return {"httplib"};
#endif
}

OptionGroup listening_options(ServeOptions& options) {
  return {
      "Listening",
      {text_option("--host", "ADDRESS", options.host, "Address to listen on; 0.0.0.0 listens on all"),
       number_option("-p,--port", "PORT", options.port, kPorts, "Port to listen on; 0 takes any free one"),
       text_option("--ready-file", "FILE", options.ready_file,
                   "Write the base URL to FILE once the socket listens; with --tls, the HTTPS URL is "
                   "the second line"),
       flag("--with-parent", options.with_parent,
            "End, as after SIGTERM, when the pipe on standard input closes: with the process that started "
            "the mock, however that one ends"),
       choice_option(
           "--transport", transports(), options.transport == net::Transport::epoll ? "epoll" : "httplib",
           [&options](const std::string& word) {
             options.transport = word == "epoll" ? net::Transport::epoll : net::Transport::httplib;
           },
           "HTTP server: epoll (ten thousand connections, Linux alone) or httplib (cpp-httplib's own, "
           "portable)")}};
}

OptionGroup https_options(TlsOptions& tls) {
  auto certificate =
      implying(tls.enabled, text_option("--tls-cert", "FILE", tls.certificate_file,
                                        "Certificate chain as PEM, instead of one that the local "
                                        "certificate authority signs"));
  auto key = text_option("--tls-key", "FILE", tls.key_file, "Private key of --tls-cert, as PEM");
  certificate.needs = key.name;
  key.needs = certificate.name;
  return {"HTTPS",
          {flag("--tls", tls.enabled, "Serve HTTPS as well; the other --tls options imply it"),
           implying(tls.enabled, number_option("--tls-port", "PORT", tls.port, kPorts,
                                               "Port for HTTPS; 0 takes any free one")),
           std::move(certificate), std::move(key),
           implying(tls.enabled, list_option("--tls-name", "NAME", tls.names,
                                             "Another host name or address for the certificate of the "
                                             "local authority (repeatable)",
                                             check_name))}};
}

OptionGroup answers_options(ServeOptions& options) {
  return {
      "Answers",
      {list_option("--api-key", "KEY", options.api_keys,
                   "API key to accept; without this option any key is accepted (repeatable)"),
       list_option("--app-id", "ID", options.app_ids,
                   "Application ID to accept; without this option any is accepted (repeatable)"),
       flag("--strict", options.strict,
            "Answer suspicious input with 422 instead of mentioning it in the log"),
       flag("--no-mock-headers", options.no_mock_headers,
            "Leave x-mock-rule, x-mock-hint and x-mock-trace out of answers"),
       flag("--oauth-confirm", options.oauth_confirm,
            "Authorize in two steps when a nonce comes, as for accounts with CSRF protection"),
       text_option(
           "--public-url", "URL", options.public_url,
           "Base URL that answers contain, if clients reach the mock by another address (proxy, container)",
           check_url),
       text_option("--vault-url", "URL", options.vault_url, "Base URL of session_uri [default: --public-url]",
                   check_url),
       text_option("--secret", "TEXT", options.secret, "Secret that signs the session tokens")}};
}

OptionGroup repeatable_runs_options(ServeOptions& options) {
  return {"Repeatable runs",
          {number_option("--seed", "NUMBER", options.seed, Bounds<std::uint64_t>{},
                         "Seed for all randomness, so that runs repeat"),
           time_option("--now", options.now, "Stop the clock at this time, such as 2027-01-01T00:00:00Z")}};
}

OptionGroup spaces_options(ServeOptions& options) {
  return {"Spaces and memory",
          {choice_option(
               "--space-by", {"app-id", "api-key"}, "",
               [&options](const std::string& word) {
                 options.space_by = word == "app-id" ? site::SpaceBy::app_id : site::SpaceBy::api_key;
               },
               "Choose the space by this credential when the path names none"),
           number_option("--max-spaces", "NUMBER", options.max_spaces, kCounts,
                         "Maximum number of spaces; the least recently used is dropped first"),
           number_option("--journal-size", "NUMBER", options.journal_size, kCounts,
                         "Most requests kept per space (less if memory is full)"),
           size_option("--space-memory", options.space_memory, "Memory for what one space keeps"),
           size_option("--memory", options.memory, "Memory for what all spaces keep together")}};
}

std::string check_store(const std::string& url) {
  const auto read = redis::read_url(url);
  if (!read) return read.error();
  if (read->ca_file.empty()) return "";
  const auto pem = read_file(read->ca_file);
  if (!pem) return fmt::format("its ca={} cannot be read: {}", read->ca_file, pem.error());
  const auto certificates = net::read_certificates(*pem);
  return certificates ? "" : fmt::format("its ca={} {}", read->ca_file, certificates.error());
}

OptionGroup replicas_options(ServeOptions& options) {
  auto away = choice_option(
      "--store-away", {"local", "refuse"}, "local",
      [&options](const std::string& word) { options.refuses_without_store = word == "refuse"; },
      "What becomes of requests whose rules count while the store is away: each replica counts for itself, "
      "or they get 503");
  away.needs = "--store";
  return {"Replicas",
          {text_option("--store", "URL", options.store,
                       "Share all spaces with other replicas through this Redis or Valkey: "
                       "redis://[user:password@]host[:port][/database], or rediss:// for TLS",
                       check_store),
           std::move(away)}};
}

OptionGroup admin_options(ServeOptions& options) {
  return {"The mock's own API, /_mock/",
          {text_option("--admin-token", "TOKEN", options.admin_token,
                       "Require this token under /_mock/, as a bearer token or in x-mock-admin-token"),
           list_option("--admin-host", "NAME", options.admin_hosts,
                       "Also allow /_mock/ under this host name (repeatable)"),
           list_option("--admin-origin", "ORIGIN", options.admin_origins,
                       "Let pages of this origin use /_mock/, as https://app.example (repeatable)",
                       check_origin)}};
}

OptionGroup logging_options(ServeOptions& options) {
  return {
      "Log",
      {choice_option(
           "--log-format", {"text", "json"}, options.log_format == site::LogFormat::text ? "text" : "json",
           [&options](const std::string& word) {
             options.log_format = word == "json" ? site::LogFormat::json : site::LogFormat::text;
           },
           "Format of the log lines"),
       choice_option("--log-level", {"trace", "debug", "info", "warn", "error", "off"}, options.log_level,
                     "Lowest level that is logged")}};
}

}  // namespace

std::vector<OptionGroup> serve_option_groups(ServeOptions& options) {
  return named_in_environment({{"Rules", {fixtures_argument(options.fixtures)}},
                               listening_options(options),
                               https_options(options.tls),
                               answers_options(options),
                               repeatable_runs_options(options),
                               spaces_options(options),
                               replicas_options(options),
                               admin_options(options),
                               logging_options(options)});
}

void add_warnings(ServeOptions& options) {
  options.warnings = warnings_of_environment();
  if (options.memory < options.space_memory)
    options.warnings.push_back(
        fmt::format("--memory ({}) is less than --space-memory ({}); no space can keep more than --memory",
                    text::format_size(options.memory), text::format_size(options.space_memory)));
}

}  // namespace vault_mock::app
