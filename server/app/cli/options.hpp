// The command line and the environment, read into options.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vault_mock::app {

// Signs tokens unless --secret says otherwise. Fixed and public, so that restarts and replicas agree.
constexpr std::string_view kDefaultSecret = "vault-mock-secret";

enum class LogFormat { text, json };

// HTTPS beside HTTP.
struct TlsOptions {
  bool enabled = false;                    // any of the others enables it, too
  int port = 4443;                         // 0: any free one
  std::string certificate_file, key_file;  // empty: the local authority signs one
  std::vector<std::string> names;          // for that one, beside those it always has
};

struct ServeOptions {
  std::vector<std::string> fixtures;  // files or folders of rules
  std::string host = "127.0.0.1";
  int port = 4010;  // 0: any free one
  TlsOptions tls;
  std::string ready_file;  // written once the socket listens; empty: none
  std::string public_url;  // where clients reach the mock; empty: as each addressed it
  std::string vault_url;   // base of session_uri; empty: public_url
  std::optional<std::uint64_t> seed;
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> now;  // the clock stands still there
  std::string secret{kDefaultSecret};
  std::vector<std::string> api_keys;
  std::vector<std::string> app_ids;
  bool strict = false;
  std::string space_by;  // "app-id", "api-key"; empty: the path or x-mock-space alone pick the space
  std::size_t max_spaces = 1'000;
  std::size_t journal_size = 1'000;               // requests kept in each space
  std::uint64_t space_memory = 16 * 1024 * 1024;  // bytes of what is kept in each space
  std::uint64_t memory = 128 * 1024 * 1024;       // bytes of what is kept in all of them
  std::string admin_token;                        // asked for under /_mock/; empty: none is
  std::vector<std::string> admin_hosts;
  LogFormat log_format = LogFormat::text;
  std::string log_level = "info";
  std::vector<std::string> warnings;  // what the environment has and the mock does not take, in sentences
};

// vault-mock check
struct CheckOptions {
  std::vector<std::string> fixtures;
};

// vault-mock explain
struct ExplainOptions {
  ServeOptions serve;        // of which the fixtures, and what changes an answer
  std::string request_file;  // "-": standard input; empty: the usual request to create a session
  std::string method, path;  // these and the following in place of the request's own
  std::optional<std::string> consumer_id, app_id, api_key, body;
  std::vector<std::string> headers;  // "name: value"
  std::uint64_t times = 1;           // so often the request is made; the last answer is explained
  bool json = false;
};

// vault-mock health
struct HealthOptions {
  std::string host = "127.0.0.1";  // as --host of the mock that is asked
  int port = 4010;
  std::vector<std::string> warnings;  // as those of ServeOptions
};

// vault-mock ca
struct CaOptions {
  enum class Show { explanation, certificate, path };
  Show show = Show::explanation;
};

// vault-mock doctor
struct DoctorOptions {
  ServeOptions serve;  // of the mock that is, or is to be, started
};

struct Exit {
  int code;
  std::string out;  // for standard output
  std::string err;  // for standard error
};

// Command lines that do nothing (--help, mistakes) end in an Exit: mistakes are one line and exit code 2.
using CommandLine =
    std::variant<ServeOptions, CheckOptions, ExplainOptions, HealthOptions, CaOptions, DoctorOptions, Exit>;
CommandLine read_command_line(int argc, const char* const* argv);

}  // namespace vault_mock::app
