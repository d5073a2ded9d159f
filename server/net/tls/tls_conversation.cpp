#include "net/tls/tls_conversation.hpp"

#include <array>
#include <ctime>
#include <openssl/err.h>

#include "net/tls/openssl.hpp"

namespace vault_mock::net {
namespace {

constexpr int kNapMilliseconds = 10;
constexpr std::size_t kMostToHear = 1'000'000;

std::string hear(BIO* connection, std::time_t deadline) {
  std::string heard;
  std::array<char, 4096> bytes;
  while (heard.size() < kMostToHear) {
    const int count = BIO_read(connection, bytes.data(), static_cast<int>(bytes.size()));
    if (count > 0)
      heard.append(bytes.data(), static_cast<std::size_t>(count));
    else if (!BIO_should_retry(connection) || BIO_wait(connection, deadline, kNapMilliseconds) <= 0)
      break;
  }
  return heard;
}

}  // namespace

std::string say_over_tls(const std::string& host, std::uint16_t port, std::string_view words, int seconds) {
  const SslContextPtr context(SSL_CTX_new(TLS_client_method()));
  const BioPtr connection(BIO_new_ssl_connect(context.get()));
  const auto name = host.find(':') == host.npos ? host : "[" + host + "]";
  BIO_set_conn_hostname(connection.get(), (name + ":" + std::to_string(port)).c_str());
  std::string heard;
  const auto deadline = std::time(nullptr) + seconds;
  if (BIO_do_connect_retry(connection.get(), seconds, kNapMilliseconds) == 1 &&
      BIO_write(connection.get(), words.data(), static_cast<int>(words.size())) > 0)
    heard = hear(connection.get(), deadline);
  ERR_clear_error();
  return heard;
}

}  // namespace vault_mock::net
