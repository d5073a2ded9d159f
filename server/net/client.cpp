#include "net/client.hpp"

#include <algorithm>
#include <httplib.h>
#include <memory>

namespace vault_mock::net {
namespace {

ClientError client_error_of(httplib::Error error) {
  switch (error) {
    case httplib::Error::Connection:
      return ClientError::refused;
    case httplib::Error::Read:
    case httplib::Error::Write:
    case httplib::Error::SSLConnection:
      return ClientError::no_answer;
    default:
      return ClientError::failed;
  }
}

// Not httplib::Client, which reads a URL: it takes no IPv6 address with letters in it.
std::unique_ptr<httplib::ClientImpl> client_for(const Origin& origin) {
  if (origin.scheme == Scheme::http) return std::make_unique<httplib::ClientImpl>(origin.host, origin.port);
  auto client = std::make_unique<httplib::SSLClient>(origin.host, origin.port);
  client->enable_server_certificate_verification(false);
  return client;
}

void set_patience(httplib::ClientImpl& client, const ClientLimits& limits) {
  client.set_connection_timeout(limits.patience);
  client.set_read_timeout(limits.patience);
  client.set_write_timeout(limits.patience);
}

tl::unexpected<ClientFailure> failure_of(const httplib::Result& result) {
  return tl::unexpected(ClientFailure{client_error_of(result.error()), httplib::to_string(result.error())});
}

}  // namespace

tl::expected<ClientAnswer, ClientFailure> get(const Origin& origin, const std::string& target,
                                              const std::vector<std::pair<std::string, std::string>>& headers,
                                              const ClientLimits& limits) {
  const auto client = client_for(origin);
  set_patience(*client, limits);
  ClientAnswer answer;
  const auto take_head = [&answer](const httplib::Response& head) {
    answer.status = head.status;
    return true;
  };
  const auto take_body = [&answer, &limits](const char* bytes, std::size_t size) {
    answer.body.append(bytes, std::min(size, limits.body - answer.body.size()));
    return answer.body.size() < limits.body;  // false ends the reading: "Canceled"
  };
  const auto result =
      client->Get(target, httplib::Headers(headers.begin(), headers.end()), take_head, take_body);
  if (!result && answer.body.size() < limits.body) return failure_of(result);
  return answer;
}

// What comes back from a POST is short: it is read whole.
tl::expected<ClientAnswer, ClientFailure> post(
    const Origin& origin, const std::string& target,
    const std::vector<std::pair<std::string, std::string>>& headers, const std::string& json,
    const ClientLimits& limits) {
  const auto client = client_for(origin);
  set_patience(*client, limits);
  const auto result =
      client->Post(target, httplib::Headers(headers.begin(), headers.end()), json, "application/json");
  if (!result) return failure_of(result);
  return ClientAnswer{result->status, result->body.substr(0, limits.body)};
}

tl::expected<ClientAnswer, ClientFailure> follow(
    const Origin& origin, const std::string& target,
    const std::vector<std::pair<std::string, std::string>>& headers,
    const std::function<bool(std::string_view)>& take, const ClientLimits& limits) {
  const auto client = client_for(origin);
  set_patience(*client, limits);
  ClientAnswer answer;
  bool wanted = true;
  const auto take_head = [&answer](const httplib::Response& head) {
    answer.status = head.status;
    return true;
  };
  const auto take_body = [&](const char* bytes, std::size_t size) {
    if (answer.status == 200) return wanted = take({bytes, size});
    answer.body.append(bytes, std::min(size, limits.body - answer.body.size()));
    return wanted = answer.body.size() < limits.body;
  };
  const auto result =
      client->Get(target, httplib::Headers(headers.begin(), headers.end()), take_head, take_body);
  if (!result && wanted) return failure_of(result);
  return answer;
}

}  // namespace vault_mock::net
