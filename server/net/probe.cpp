#include "net/probe.hpp"

#include <algorithm>
#include <cstdlib>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include "net/tls/tls_conversation.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::net {
namespace {

constexpr int kSeconds = 5;
constexpr std::size_t kMostBody =
    64 * 1024;  // of an answer: a mock's is far shorter, and whoever holds the port may be anybody

std::string error_words(httplib::Error error) {
  switch (error) {
    case httplib::Error::Connection:
      return "nothing listens there";
    case httplib::Error::Read:
    case httplib::Error::Write:
      return "something listens there, but gives no answer in HTTP";
    default:
      return "it cannot be asked (" + httplib::to_string(error) + ")";
  }
}

struct Answer {
  int status = 0;
  std::string body;
};
using Asked = tl::expected<Answer, std::string>;

Asked ask_in_plain(const std::string& host, std::uint16_t port) {
  httplib::Client client(host, port);
  client.set_connection_timeout(kSeconds);
  client.set_read_timeout(kSeconds);
  // A name with a dot would be refused under /_mock/, and httplib writes ::1 without its brackets.
  std::string body;
  const auto take = [&body](const char* bytes, std::size_t size) {
    body.append(bytes, std::min(size, kMostBody - body.size()));
    return body.size() < kMostBody;
  };
  const auto answer = client.Get("/_mock/health", httplib::Headers{{"Host", "localhost"}}, take);
  if (!answer && body.size() < kMostBody) return tl::unexpected(error_words(answer.error()));
  return Answer{answer ? answer->status : 200, std::move(body)};
}

Asked ask_over_tls(const std::string& host, std::uint16_t port) {
  const auto answer = say_over_tls(
      host, port, "GET /_mock/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", kSeconds);
  const auto head = answer.find("\r\n\r\n");
  if (!answer.starts_with("HTTP/1.1 ") || head == answer.npos)
    return tl::unexpected(std::string("something listens there, but gives no answer in HTTPS"));
  return Answer{std::atoi(answer.c_str() + 9), answer.substr(head + 4)};
}

}  // namespace

tl::expected<Health, std::string> probe(const std::string& host, std::uint16_t port, Scheme scheme) {
  const auto answer = scheme == Scheme::https ? ask_over_tls(host, port) : ask_in_plain(host, port);
  if (!answer) return tl::unexpected(answer.error());
  const auto document = text::read_json(answer->body);
  const auto body = document ? document->value : nlohmann::json();
  if (answer->status != 200 || !body.is_object() || body.value("status", nlohmann::json()) != "ok")
    return tl::unexpected("what answers there (with " + std::to_string(answer->status) +
                          ") is no vault-mock");
  const auto rules = body.find("rules");
  const auto trouble = body.find("rule_files");
  return Health{.rules = rules != body.end() && rules->is_number_unsigned() ? rules->get<std::size_t>() : 0,
                .trouble = trouble != body.end() && trouble->is_string() ? trouble->get<std::string>() : ""};
}

}  // namespace vault_mock::net
