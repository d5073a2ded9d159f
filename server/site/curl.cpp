#include "site/curl.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "text/ascii.hpp"
#include "text/authorization.hpp"
#include "text/headers.hpp"
#include "text/printable.hpp"
#include "text/secret_header.hpp"

namespace vault_mock::site {
namespace {

// Whether a text holds what no argument can (NUL), or what a terminal obeys when it is pasted or shown: a
// pasted Ctrl-C drops the line, and what stands behind it in the text would run.
bool acts_on_terminals(std::string_view text) { return text::printable_lines(text) != text; }

// The shell's own command, which takes every byte as a number.
constexpr std::string_view kPrintOctal =
    "print"
    "f ";
std::string octal(std::string_view body) {
  std::string escaped;
  for (const char c : body) escaped += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
  return escaped;
}

// In single quotes, in which a shell changes nothing; as numbers what acts on terminals.
std::string shell_quoted(std::string_view text) {
  if (acts_on_terminals(text)) return fmt::format("\"$({}'{}')\"", kPrintOctal, octal(text));
  std::string quoted = "'";
  for (const char c : text)
    if (c == '\'')
      quoted += R"('\'')";
    else
      quoted += c;
  return quoted + "'";
}

// What curl says by itself, or what told of a body that is not sent as it came, or of the connection.
bool is_left_out(std::string_view name, const spaces::Entry& entry) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"host", "content-length", "connection", "transfer-encoding", "expect",
                                       "accept-encoding", "x-mock-space", "keep-alive", "te", "upgrade"});
  const auto lower = text::lower(name);
  if (lower == "content-encoding") return entry.coding_error.empty();  // the journal has the decoded body
  return std::ranges::find(kNames, lower) != kNames.end();
}

std::string header_word(std::string_view name, std::string_view value) {
  if (!text::is_secret_header(name))
    return shell_quoted(value.empty() ? std::string(name) + ";" : fmt::format("{}: {}", name, value));
  if (!text::equal_ignoring_case(name, "authorization"))
    return fmt::format("{}\"$MOCK_SECRET\"", shell_quoted(std::string(name) + ": "));
  const auto [scheme, credential] = text::read_authorization(value);
  const auto start = std::string(name) + ": " + (scheme.empty() ? "" : std::string(scheme) + " ");
  return shell_quoted(start) + (credential.empty() ? "" : "\"$APIDECK_API_KEY\"");
}

bool has_header(const spaces::Entry& entry, std::string_view name) {
  return std::ranges::any_of(entry.headers, [&](const auto& header) { return text::is_named(header, name); });
}

}  // namespace

std::string curl_of(const spaces::Entry& entry, std::string_view base_url) {
  std::string command;
  if (entry.body_cut > 0)
    command += fmt::format("# the last {} bytes of the body are not kept in the journal\n", entry.body_cut);
  const bool as_numbers = acts_on_terminals(entry.body);
  if (as_numbers) command.append(kPrintOctal).append("'").append(octal(entry.body)).append("' | ");
  command += "curl";
  if (entry.method == "HEAD")
    command += " --head";
  else if (entry.method != "GET" || !entry.body.empty())
    command += " --request " + shell_quoted(entry.method);
  auto url = std::string(base_url).append(entry.path);
  if (!entry.query.empty()) url.append("?").append(entry.query);
  if (url.find_first_of("[]{}") != url.npos) command += " --globoff";
  if (url.find("/.") != url.npos) command += " --path-as-is";
  command += " " + shell_quoted(url);
  for (const auto& [name, value] : entry.headers)
    if (!is_left_out(name, entry)) command += " --header " + header_word(name, value);
  if (!entry.body.empty()) {
    if (!has_header(entry, "content-type")) command += " --header 'content-type:'";  // curl would name one
    command += as_numbers ? " --data-binary @-" : " --data-raw " + shell_quoted(entry.body);
  }
  return command + "\n";
}

}  // namespace vault_mock::site
