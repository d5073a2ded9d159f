// The only file that includes CLI11: it is heavy to compile.
#include "app/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <unistd.h>

#include "app/authority/authority.hpp"
#include "app/cli/command.hpp"
#include "app/cli/environment.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::app {
namespace {

constexpr const char* kFooter = R"(
Every option has an environment name: VAULT_MOCK_PORT for --port, and so on; VAULT_MOCK_FIXTURES names one file or
folder of rules. The command line wins.

Examples:
  vault-mock                                serve http://127.0.0.1:4010 with the default rules
  vault-mock --port 0 --ready-file ready    any free port; its URL in the file `ready`
  vault-mock rules/                         with the rule files of a folder on top of the defaults

Other commands, each with its own --help:
  vault-mock check rules/                   every mistake in rule files, with its place
  vault-mock explain rules/ --consumer-id acme
                                            what it would answer, and why
  vault-mock doctor rules/ --tls            what would keep clients from being served, and the URL for each
  vault-mock ca                             the certificate authority of --tls, and how to trust it
  vault-mock health                         whether a mock runs there, and is well
  vault-mock completion bash                what completes the command line in bash, zsh or fish
  vault-mock manual | man -l -              all of this as a manual page
  vault-mock help check                     as vault-mock check --help; start and run mean serve)";

constexpr const char* kCheckFooter = R"(
The exit code is 1 when there is a mistake. Warnings are none.)";

constexpr const char* kExplainFooter = R"(
Without --request it is the call that creates a session, of consumer test-consumer.

Examples:
  vault-mock explain rules/ --consumer-id acme
  vault-mock explain rules/ --request failed.http
  vault-mock explain rules/ --body '{"settings":{"session_length":"7d"}}' --times 3)";

constexpr const char* kHealthFooter = R"(
The exit code is 0 when a mock answers there, else 1.

Example:
  vault-mock health --port 4010)";

constexpr const char* kCaFooter = R"help(
It is made when it is not there yet, and stays the same until its files are removed.

Examples:
  export NODE_EXTRA_CA_CERTS="$(vault-mock ca --path)"
  vault-mock ca --pem | docker exec -i app tee /etc/ssl/vault-mock.pem)help";

constexpr const char* kDoctorFooter = R"(
Takes the options that the mock is to be started with. The exit code is 1 when something would keep it from
working, else 0; warnings are what some clients may stumble over.)";

constexpr const char* kCompletionFooter = R"help(
Examples:
  eval "$(vault-mock completion bash)"
  eval "$(vault-mock completion zsh)"
  vault-mock completion fish | source)help";

std::string environment_name(std::string option) {
  for (char& c : option) c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return "VAULT_MOCK_" + option;
}

// Adds the environment name to every option of the command, but for those that are taken by a Service of
// Kubernetes.
void name_in_environment(CLI::App& command, const Environment& environment) {
  for (auto* option : command.get_options()) {
    const auto& names = option->get_lnames();
    const auto name = names.empty() ? option->get_name() : names.front();
    if (name == "help" || name == "version") continue;
    const auto variable = environment_name(name);
    const auto set = environment.find(variable);
    if (set != environment.end() && is_of_a_service(variable, set->second))
      option->description(option->get_description() + " [" + variable + " is ignored: it is of a Service]");
    else
      option->envname(variable);
  }
}

std::string check_url(const std::string& url) {
  if (url.starts_with("http://") || url.starts_with("https://")) return "";
  return "'" + url + "' is no URL: it must start with http:// or https://";
}

std::string check_name(const std::string& name) {
  if (is_certificate_name(name)) return "";
  return "'" + name + "' is no host name or address";
}

std::string check_time(const std::string& time) {
  if (text::parse_timestamp(time)) return "";
  return "'" + time + "' is no time: write it as 2027-01-01T00:00:00Z";
}

void add_fixtures(CLI::App& app, std::vector<std::string>& fixtures) {
  app.add_option("fixtures", fixtures, "Rule files, or folders of them; - is standard input")
      ->type_name("FIXTURES");
}

// In place of CLI11's range, whose words are no advice.
CLI::Validator number_from(std::uint64_t least, std::uint64_t most) {
  return CLI::Validator(
      [least, most](std::string& text) -> std::string {
        std::uint64_t number = 0;
        const auto* end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, number);
        if (read.ec == std::errc{} && read.ptr == end && number >= least && number <= most) return "";
        return "use a number from " + std::to_string(least) + " to " + std::to_string(most) + ", not '" +
               text + "'";
      },
      "");
}

constexpr std::uint64_t kMega = 1024 * 1024;

std::string megabytes(std::uint64_t bytes) { return std::to_string(bytes / kMega) + "MB"; }

std::optional<std::uint64_t> bytes_of(std::string text) {
  try {
    if (!CLI::AsSizeValue(/*kb_is_1000=*/false)(text).empty()) return std::nullopt;
  } catch (const CLI::ParseError&) {
    return std::nullopt;
  }
  std::uint64_t bytes = 0;
  std::from_chars(text.data(), text.data() + text.size(), bytes);
  return bytes;
}

// "16MB": 1 KB is 1,024 bytes.
void add_size(CLI::App& app, const char* name, std::uint64_t& size, const char* help) {
  app.add_option(name, size, help)
      ->default_str(megabytes(size))
      ->transform(CLI::Validator(
          [](std::string& text) -> std::string {
            const auto bytes = bytes_of(text);
            if (!bytes || *bytes < kMega || *bytes > kMega * kMega)
              return "use a size from 1MB to 1TB, with its unit: 64MB";
            text = std::to_string(*bytes);
            return "";
          },
          ""))
      ->type_name("SIZE");
}

void add_tls_options(CLI::App& app, TlsOptions& options, std::optional<int>& port) {
  app.add_flag("--tls", options.enabled, "Serve HTTPS, too; the other --tls options imply it");
  app.add_option("--tls-port", port, "Port for HTTPS; 0 takes any free one")
      ->default_str(std::to_string(options.port))
      ->type_name("PORT")
      ->check(number_from(0, 65535));
  auto* certificate =
      app.add_option("--tls-cert", options.certificate_file,
                     "Certificate, and those that vouch for it, as PEM [of the local authority]")
          ->type_name("FILE");
  auto* key = app.add_option("--tls-key", options.key_file, "Its key, as PEM")->type_name("FILE");
  certificate->needs(key);
  key->needs(certificate);
  app.add_option("--tls-name", options.names,
                 "Another name for the local authority's certificate (repeatable)")
      ->type_name("NAME")
      ->allow_extra_args(false)
      ->delimiter(',')
      ->check(check_name);
}

void add_serve_options(CLI::App& app, ServeOptions& options, std::optional<int>& tls_port, std::string& now,
                       std::string& log_format) {
  add_fixtures(app, options.fixtures);
  app.add_option("--host", options.host, "Address to listen on")->capture_default_str();
  app.add_option("-p,--port", options.port, "Port to listen on; 0 takes any free one")
      ->capture_default_str()
      ->type_name("PORT")
      ->check(number_from(0, 65535));
  add_tls_options(app, options.tls, tls_port);
  app.add_option(
         "--ready-file", options.ready_file,
         "Write the base URL to FILE once the socket listens; with --tls that of HTTPS on a second line")
      ->type_name("FILE");
  app.add_option("--public-url", options.public_url,
                 "Where clients reach the mock [as each one addresses it]")
      ->type_name("URL")
      ->check(check_url);
  app.add_option("--vault-url", options.vault_url, "Base of session_uri [the public URL]")
      ->type_name("URL")
      ->check(check_url);
  app.add_option("--seed", options.seed, "Make everything random repeat")
      ->type_name("NUMBER")
      ->check(number_from(0, UINT64_MAX));
  app.add_option("--now", now, "Stop the clock at this time")->type_name("TIME")->check(check_time);
  app.add_option("--secret", options.secret, "Signs the session tokens")
      ->capture_default_str()
      ->type_name("TEXT");
  app.add_option("--api-key", options.api_keys, "Know only this API key (repeatable) [any]")
      ->type_name("KEY")
      ->allow_extra_args(false)
      ->delimiter(',');
  app.add_option("--app-id", options.app_ids, "Know only this application (repeatable) [any]")
      ->type_name("ID")
      ->allow_extra_args(false)
      ->delimiter(',');
  app.add_flag("--strict", options.strict, "Answer suspicious input with 422 instead of advice");
  app.add_option("--space-by", options.space_by, "Pick the space by this where the path names none")
      ->type_name("app-id|api-key")
      ->check(CLI::IsMember({"app-id", "api-key"}).description(""));
  app.add_option("--max-spaces", options.max_spaces,
                 "Maximum number of spaces; the least recently used is dropped first")
      ->capture_default_str()
      ->check(number_from(1, 1'000'000))
      ->type_name("NUMBER");
  app.add_option("--journal-size", options.journal_size,
                 "Requests kept in each space's journal, as far as its memory goes")
      ->capture_default_str()
      ->check(number_from(1, 1'000'000))
      ->type_name("NUMBER");
  add_size(app, "--space-memory", options.space_memory, "Memory for what is kept in each space");
  add_size(app, "--memory", options.memory, "Memory for what is kept in all spaces together");
  app.add_option("--admin-token", options.admin_token, "Ask for this token under /_mock/")
      ->type_name("TOKEN");
  app.add_option("--admin-host", options.admin_hosts,
                 "A name with a dot under which /_mock/ may be used (repeatable)")
      ->type_name("NAME")
      ->delimiter(',');
  app.add_option("--log-format", log_format, "How the log is written")
      ->capture_default_str()
      ->type_name("text|json")
      ->check(CLI::IsMember({"text", "json"}).description(""));
  app.add_option("--log-level", options.log_level, "How much is logged")
      ->capture_default_str()
      ->type_name("trace|debug|info|warn|error|off")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}).description(""));
}

void add_explain_options(CLI::App& app, ExplainOptions& options, std::string& now) {
  add_fixtures(app, options.serve.fixtures);
  app.add_option("--request", options.request_file, "A request as it stands in a file; - is standard input")
      ->type_name("FILE");
  app.add_option("--method", options.method, "The method [POST]")->type_name("METHOD");
  app.add_option("--path", options.path, "Path and query [/vault/sessions]")->type_name("PATH");
  app.add_option("--header", options.headers, "A header (repeatable)")
      ->type_name("NAME:VALUE")
      ->allow_extra_args(false);
  app.add_option("--consumer-id", options.consumer_id, "The consumer that calls")->type_name("ID");
  app.add_option("--app-id", options.app_id, "The application that calls")->type_name("ID");
  app.add_option("--api-key", options.api_key, "The key it calls with")->type_name("KEY");
  app.add_option("--body", options.body, "The body")->type_name("JSON");
  app.add_option("--times", options.times, "Make the request so often and explain the last answer")
      ->capture_default_str()
      ->check(number_from(1, 100'000))
      ->type_name("NUMBER");
  app.add_option("--seed", options.serve.seed, "Make everything random repeat")
      ->type_name("NUMBER")
      ->check(number_from(0, UINT64_MAX));
  app.add_option("--now", now, "Stop the clock at this time")->type_name("TIME")->check(check_time);
  app.add_flag("--strict", options.serve.strict, "Answer suspicious input with 422 instead of advice");
  app.add_flag("--json", options.json, "The whole trace as JSON");
}

// CLI11's words are for many kinds of programs: ours says in one line what was wrong and what to do.
std::string usage_words(const CLI::App& app, const CLI::Error& error) {
  std::string words = error.what();
  if (const auto newline = words.find('\n'); newline != words.npos) words.resize(newline);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    std::string unknown = words.substr(words.rfind(' ') + 1);
    words = "unknown option " + unknown;
    std::vector<std::string> known;
    for (const auto* option : app.get_options())
      for (const auto& name : option->get_lnames()) known.push_back("--" + name);
    if (const auto near = text::nearest(unknown, known)) words += ": did you mean " + *near + "?";
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr && words.ends_with(" missing")) {
    const auto name = words.substr(0, words.find(':'));
    words = name + " needs a value";
    if (const auto* option = app.get_option_no_throw(name))
      words += ": " + name + " " + option->get_type_name();
  }
  return "vault-mock: " + text::printable(words) + (words.ends_with('?') ? "" : ".") +
         " See vault-mock --help\n";
}

// Reads the words of one command. Nothing: they are read; else what to print and how to end.
std::optional<Exit> read_words(CLI::App& app, std::vector<std::string> words) {
  std::ranges::reverse(words);  // as CLI11 takes them
  try {
    app.parse(words);
    return std::nullopt;
  } catch (const CLI::Success& asked) {
    std::ostringstream out, err;
    app.exit(asked, out, err);
    return Exit{0, out.str(), err.str()};
  } catch (const CLI::ParseError& error) {
    return Exit{2, "", usage_words(app, error)};
  }
}

// The commands
// -----------------------------------------------------------------------------------------------

// What a command line is read into, before it becomes options.
struct Words {
  Environment environment;
  ServeOptions serve;
  CheckOptions check;
  ExplainOptions explain;
  HealthOptions health;
  bool ca_path = false, ca_pem = false;
  std::optional<int> tls_port;
  std::string now, log_format = "text", shell, command;
};

void define_serve(CLI::App& app, Words& words) {
  app.footer(kFooter);
  app.set_version_flag("-V,--version", "vault-mock " VAULT_MOCK_VERSION, "Print the version");
  add_serve_options(app, words.serve, words.tls_port, words.now, words.log_format);
  name_in_environment(app, words.environment);
}

void define_check(CLI::App& app, Words& words) {
  app.footer(kCheckFooter);
  add_fixtures(app, words.check.fixtures);
}

void define_explain(CLI::App& app, Words& words) {
  app.footer(kExplainFooter);
  add_explain_options(app, words.explain, words.now);
}

void define_health(CLI::App& app, Words& words) {
  app.footer(kHealthFooter);
  app.add_option("--host", words.health.host, "What the mock's --host is")->capture_default_str();
  app.add_option("-p,--port", words.health.port, "The port that the mock listens on")
      ->capture_default_str()
      ->type_name("PORT")
      ->check(number_from(1, 65535));
  name_in_environment(app, words.environment);
}

void define_ca(CLI::App& app, Words& words) {
  app.footer(kCaFooter);
  auto* path = app.add_flag("--path", words.ca_path, "Only the path of its certificate");
  app.add_flag("--pem", words.ca_pem, "Only its certificate")->excludes(path);
}

void define_doctor(CLI::App& app, Words& words) {
  app.footer(kDoctorFooter);
  add_serve_options(app, words.serve, words.tls_port, words.now, words.log_format);
  name_in_environment(app, words.environment);
}

void define_completion(CLI::App& app, Words& words) {
  app.footer(kCompletionFooter);
  app.add_option("shell", words.shell, "The shell")
      ->type_name("bash|zsh|fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""));
}

void define_manual(CLI::App&, Words&) {}

void define_version(CLI::App&, Words&) {}

void define_help(CLI::App& app, Words& words) {
  app.add_option("command", words.command, "The command [all that vault-mock itself takes]")
      ->type_name("COMMAND");
}

std::optional<std::chrono::sys_time<std::chrono::milliseconds>> time_of(const std::string& now) {
  return now.empty() ? std::nullopt : text::parse_timestamp(now);
}

std::vector<std::string> warnings_of(const Environment& environment);  // it needs the table below

ServeOptions serve_options(Words& words) {
  auto& tls = words.serve.tls;
  tls.port = words.tls_port.value_or(tls.port);
  tls.enabled = tls.enabled || words.tls_port || !tls.certificate_file.empty() || !tls.names.empty();
  if (words.log_format == "json") words.serve.log_format = LogFormat::json;
  words.serve.now = time_of(words.now);
  words.serve.warnings = warnings_of(words.environment);
  if (words.serve.memory < words.serve.space_memory)
    words.serve.warnings.push_back("--memory " + megabytes(words.serve.memory) +
                                   " is less than --space-memory " + megabytes(words.serve.space_memory) +
                                   ": a space never has more than all may have together");
  return words.serve;
}

CommandLine take_serve(Words words) { return serve_options(words); }

CommandLine take_check(Words words) { return words.check; }

CommandLine take_explain(Words words) {
  words.explain.serve.now = time_of(words.now);
  return words.explain;
}

CommandLine take_health(Words words) {
  words.health.warnings = warnings_of(words.environment);
  return words.health;
}

CommandLine take_ca(Words words) {
  using Show = CaOptions::Show;
  return CaOptions{words.ca_path ? Show::path : words.ca_pem ? Show::certificate : Show::explanation};
}

CommandLine take_doctor(Words words) { return DoctorOptions{serve_options(words)}; }

CommandLine take_completion(Words words) {
  const auto shell = words.shell == "bash" ? Shell::bash : words.shell == "zsh" ? Shell::zsh : Shell::fish;
  return Exit{0, completion(shell, commands()), ""};
}

CommandLine take_manual(Words) { return Exit{0, manual(commands()), ""}; }

CommandLine take_version(Words) { return Exit{0, "vault-mock " VAULT_MOCK_VERSION "\n", ""}; }

CommandLine take_help(Words words);  // it needs the table below

// One row a command. The first is the one that is meant when none is named.
struct Row {
  const char* name;
  const char* about;
  void (*define)(CLI::App&, Words&);
  CommandLine (*take)(Words);
};
constexpr Row kCommands[] = {
    {"serve", "A local fake of Apideck's Vault: exact answers, errors on demand, explanations.", define_serve,
     take_serve},
    {"check", "Every mistake in rule files, with its place and what was probably meant.", define_check,
     take_check},
    {"explain", "What the mock would answer to a request, and why.", define_explain, take_explain},
    {"health", "Whether a mock runs there, and is well. For probes.", define_health, take_health},
    {"doctor", "What would keep clients from being served, and which URL each of them takes.", define_doctor,
     take_doctor},
    {"ca", "The certificate authority of --tls, and how clients learn to trust it.", define_ca, take_ca},
    {"completion", "What completes the command line in a shell.", define_completion, take_completion},
    {"manual", "The manual page, as man reads it.", define_manual, take_manual},
    {"help", "What a command does, and its options: as its --help.", define_help, take_help},
    {"version", "The version: as --version.", define_version, take_version},
};

// Other words for serving, which people try first.
constexpr std::string_view kServeToo[] = {"start", "run"};

const Row* find_command(std::string_view word) {
  if (std::ranges::find(kServeToo, word) != std::end(kServeToo)) return kCommands;
  const auto* row =
      std::ranges::find(kCommands, word, [](const Row& known) { return std::string_view(known.name); });
  return row == std::end(kCommands) ? nullptr : row;
}

CommandLine read_command(const Row& row, std::vector<std::string> arguments) {
  Words words;
  words.environment = environment_of_process();
  CLI::App app(row.about, &row == kCommands ? "vault-mock" : std::string("vault-mock ") + row.name);
  row.define(app, words);
  if (auto exit = read_words(app, std::move(arguments))) return *exit;
  return row.take(std::move(words));
}

std::optional<std::string> nearest_command(const std::string& word) {
  std::vector<std::string> known(std::begin(kServeToo), std::end(kServeToo));
  for (const auto& row : kCommands) known.emplace_back(row.name);
  return text::nearest(word, known);
}

// A first word that is neither a command nor a file, and was probably meant as a command: it resembles one,
// or has neither folder nor ending. Nothing: it may be a file.
std::optional<Exit> refuse_word(const std::string& word) {
  const bool bare = word.find_first_of("./") == word.npos;
  if (word.empty() || word.starts_with('-') || ::access(word.c_str(), F_OK) == 0) return std::nullopt;
  const auto near = nearest_command(word);
  if (!near && !bare) return std::nullopt;  // a file that is not there
  return Exit{2, "",
              "vault-mock: '" + text::printable(word) + "' is neither a command nor a file" +
                  (near ? ": did you mean vault-mock " + *near + "?" : ".") + " See vault-mock --help\n"};
}

CommandLine take_help(Words words) {
  const auto* row = words.command.empty() ? kCommands : find_command(words.command);
  if (row != nullptr) return read_command(*row, {"--help"});
  auto exit = nearest_command(words.command) ? refuse_word(words.command) : std::nullopt;
  return exit ? *exit
              : Exit{2, "",
                     "vault-mock: there is no command '" + text::printable(words.command) +
                         "'. See vault-mock --help\n"};
}

// What every command together knows.
std::vector<std::string> names_in_environment() {
  std::vector<std::string> names;
  for (const auto& command : commands())
    for (const auto& option : command.options)
      if (!option.environment.empty() && std::ranges::find(names, option.environment) == names.end())
        names.push_back(option.environment);
  return names;
}

// Of a command that reads the environment.
std::vector<std::string> warnings_of(const Environment& environment) {
  return environment.empty() ? std::vector<std::string>()
                             : environment_warnings(environment, names_in_environment());
}

std::vector<std::string> split(const std::string& words) {
  std::vector<std::string> list(1);
  for (const char c : words) {
    if (c == '|')
      list.emplace_back();
    else
      list.back() += c;
  }
  return list;
}

Option describe(const CLI::Option& option) {
  const bool positional = option.get_lnames().empty();
  Option described{.name = positional ? "" : "--" + option.get_lnames().front(),
                   .letter = option.get_snames().empty() ? "" : "-" + option.get_snames().front(),
                   .value = option.get_items_expected_max() == 0 ? "" : option.get_type_name(),
                   .help = option.get_description(),
                   .environment = option.get_envname(),
                   .initial = option.get_default_str(),
                   .choices = {}};
  if (described.value.find('|') != std::string::npos) described.choices = split(described.value);
  return described;
}

}  // namespace

std::vector<Command> commands() {
  std::vector<Command> list;
  for (const auto& row : kCommands) {
    Words words;
    CLI::App app(row.about);
    row.define(app, words);
    Command command{.name = row.name, .about = row.about, .options = {}, .footer = app.get_footer()};
    for (const auto* option : app.get_options()) command.options.push_back(describe(*option));
    list.push_back(std::move(command));
  }
  return list;
}

CommandLine read_command_line(int argc, const char* const* argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const auto* row = arguments.empty() ? kCommands : find_command(arguments.front());
  if (row == nullptr) {
    if (auto exit = refuse_word(arguments.front())) return *exit;
    return read_command(*kCommands, std::move(arguments));
  }
  if (!arguments.empty()) arguments.erase(arguments.begin());
  return read_command(*row, std::move(arguments));
}

}  // namespace vault_mock::app
