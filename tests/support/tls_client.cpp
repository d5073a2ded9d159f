#include "support/tls_client.hpp"

#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include "support/raw_client.hpp"

namespace vault_mock::support {

TlsClient::TlsClient(std::uint16_t port, int version) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect");
  context_.reset(SSL_CTX_new(TLS_client_method()));
  if (version != 0) SSL_CTX_set_max_proto_version(context_.get(), version);
  ssl_.reset(SSL_new(context_.get()));
  SSL_set_fd(ssl_.get(), socket_);
  connected_ = SSL_connect(ssl_.get()) == 1;
}

TlsClient::~TlsClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool TlsClient::send(std::string_view bytes) {
  return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) ==
         static_cast<int>(bytes.size());
}

bool TlsClient::receive() {
  std::array<char, 65536> bytes;
  const int count = SSL_read(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
  if (count > 0) {
    unread_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
  }
  const int error = SSL_get_error(ssl_.get(), count);
  if (error == SSL_ERROR_WANT_READ) return false;  // the patience has ended
  end_ = error == SSL_ERROR_ZERO_RETURN ? End::proper : End::cut;
  return false;
}

std::string TlsClient::read_answer() {
  while (true) {
    const auto head = unread_.find("\r\n\r\n");
    if (head != unread_.npos) {
      const auto length = header_of(unread_, "content-length");
      const auto size = head + 4 + (length.empty() ? 0 : std::stoul(length));
      if (unread_.size() >= size) {
        auto answer = unread_.substr(0, size);
        unread_.erase(0, size);
        return answer;
      }
    }
    if (!receive()) return std::exchange(unread_, {});
  }
}

std::string TlsClient::read_to_end() {
  while (receive()) {
  }
  return std::exchange(unread_, {});
}

void TlsClient::update_keys() { SSL_key_update(ssl_.get(), SSL_KEY_UPDATE_REQUESTED); }

void TlsClient::receive_little() {
  const int size = 256 * 1024;  // less than a packet of the loopback would crawl
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

void TlsClient::finish_sending() { ::shutdown(socket_, SHUT_WR); }

void TlsClient::vanish() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(socket_, -1));
}

}  // namespace vault_mock::support
