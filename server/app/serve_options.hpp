// What a mock is started with: read from the command line and the environment by app/cli, or set by a test.
// A plain value: copied, never shared.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/transport.hpp"
#include "site/log.hpp"
#include "site/space_by.hpp"

namespace vault_mock::app {

// Signs tokens unless --secret says otherwise. Fixed and public, so that restarts and replicas agree.
constexpr std::string_view kDefaultSecret = "vault-mock-secret";

// HTTPS beside HTTP.
struct TlsOptions {
  bool enabled = false;
  int port = 4443;                         // 0: any free one
  std::string certificate_file, key_file;  // empty: the local authority signs one
  std::vector<std::string> names;          // for that one, beside those it always has
};

struct ServeOptions {
  std::vector<std::string> fixtures;  // files or folders of rules
  std::string host = "127.0.0.1";
  int port = 4010;  // 0: any free one
  net::Transport transport = net::kDefaultTransport;
  TlsOptions tls;
  std::string ready_file;    // written once the socket listens; empty: none
  bool with_parent = false;  // ends when the pipe on standard input closes
  std::string public_url;    // where clients reach the mock; empty: as each addressed it
  std::string vault_url;     // base of session_uri; empty: public_url
  std::optional<std::uint64_t> seed;
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> now;  // the clock stands still there
  std::string secret{kDefaultSecret};
  std::vector<std::string> api_keys;  // empty: any
  std::vector<std::string> app_ids;   // empty: any
  bool strict = false;
  bool no_mock_headers = false;  // answers carry no x-mock-…
  bool oauth_confirm = false;    // authorizing with a nonce takes two steps
  site::SpaceBy space_by = site::SpaceBy::nothing;
  std::size_t max_spaces = 1'000;
  std::size_t journal_size = 1'000;                      // requests kept in each space
  std::uint64_t space_memory = std::uint64_t{16} << 20;  // bytes of what is kept in each space
  std::uint64_t memory = std::uint64_t{128} << 20;       // bytes of what is kept in all of them
  std::string store;                                     // URL of what replicas share; empty: nothing
  bool refuses_without_store = false;                    // requests whose rules count, while it is away
  std::string admin_token;                               // required under /_mock/; empty: none is
  std::vector<std::string> admin_hosts;
  std::vector<std::string> admin_origins;
  site::LogFormat log_format = site::LogFormat::text;
  std::string log_level = "info";     // "trace", "debug", "info", "warn", "error", "off"
  std::vector<std::string> warnings;  // what in options and environment has no effect, in sentences
};

}  // namespace vault_mock::app
