#include "net/tls/tls_channel.hpp"

#include <cerrno>
#include <openssl/err.h>
#include <optional>
#include <sys/socket.h>
#include <utility>

namespace vault_mock::net {
namespace {

// OpenSSL's own socket BIO writes with write(), which raises SIGPIPE where the client has gone.

int socket_of(BIO* bio) { return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio))); }

bool is_full_or_empty(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

template <typename Call>
ssize_t uninterrupted(Call call) {
  while (true)
    if (const ssize_t count = call(); count >= 0 || errno != EINTR) return count;
}

int write_to_socket(BIO* bio, const char* bytes, int size) {
  BIO_clear_retry_flags(bio);
  const auto count = uninterrupted(
      [&] { return ::send(socket_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL); });
  if (count < 0 && is_full_or_empty(errno)) BIO_set_retry_write(bio);
  return static_cast<int>(count);
}

int read_from_socket(BIO* bio, char* bytes, int size) {
  BIO_clear_retry_flags(bio);
  const auto count =
      uninterrupted([&] { return ::recv(socket_of(bio), bytes, static_cast<std::size_t>(size), 0); });
  if (count < 0 && is_full_or_empty(errno)) BIO_set_retry_read(bio);
  if (count == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
  return static_cast<int>(count);
}

long control_socket(BIO* bio, int command, long, void*) {
  if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF);
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* socket_method() {
  static const std::unique_ptr<BIO_METHOD, FreedBy<BIO_meth_free>> method = [] {
    auto* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "non-blocking socket");
    BIO_meth_set_write(made, write_to_socket);
    BIO_meth_set_read(made, read_from_socket);
    BIO_meth_set_ctrl(made, control_socket);
    return std::unique_ptr<BIO_METHOD, FreedBy<BIO_meth_free>>(made);
  }();
  return method.get();
}

BIO* new_bio(int socket) {
  auto* bio = BIO_new(socket_method());
  if (bio == nullptr) return nullptr;
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the place that a BIO has for a number
  BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
  BIO_set_init(bio, 1);
  return bio;
}

// The first byte of TLS is 22, of HTTP a letter (or one of the blank lines that may precede it).
bool begins_http(char c) { return (c >= 'A' && c <= 'Z') || c == '\r' || c == '\n'; }

// Nothing: not worth a word. The client hung up, or looked only whether somebody is here.
std::optional<TlsContext::Failure> last_failure() {
  using Kind = TlsContext::Failure::Kind;
  const auto error = ERR_peek_error();
  if (error == 0 || ERR_GET_LIB(error) != ERR_LIB_SSL) return std::nullopt;
  const char* reason = ERR_reason_error_string(error);
  TlsContext::Failure failure{.reason = reason == nullptr ? "of unknown reason" : reason};
  switch (ERR_GET_REASON(error)) {
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
      return std::nullopt;
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
      failure.kind = Kind::distrust;
      break;
    default:
      break;
  }
  return failure;
}

}  // namespace

TlsChannel::TlsChannel(const TlsContext& context, int socket)
    : context_(context), socket_(socket), ssl_(SSL_new(context.get())) {
  auto* bio = ssl_ ? new_bio(socket) : nullptr;
  if (bio == nullptr) {
    failed_ = true;
    return;
  }
  SSL_set_bio(ssl_.get(), bio, bio);
  SSL_set_accept_state(ssl_.get());
}

auto TlsChannel::shake_hands() -> Handshake {
  if (failed_) return Handshake::failed;
  if (!spoken_to_) {
    char first = 0;
    const auto count = uninterrupted([&] { return ::recv(socket_, &first, 1, MSG_PEEK); });
    if (count < 0 && is_full_or_empty(errno)) return Handshake::unfinished;
    if (count <= 0) return Handshake::failed;
    if (begins_http(first)) return Handshake::plain;
    spoken_to_ = true;
  }
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  if (result == 1) return Handshake::done;
  const auto failure = last_failure();
  if (may_go_on(result)) return Handshake::unfinished;
  if (failure) context_.tell(*failure);
  return Handshake::failed;
}

// Whether the call that gave this result only has to wait for the socket.
bool TlsChannel::may_go_on(int result) {
  const int error = SSL_get_error(ssl_.get(), result);
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return true;
  if (error == SSL_ERROR_ZERO_RETURN)
    client_is_done_ = true;
  else
    failed_ = true;
  ERR_clear_error();
  return false;
}

ssize_t TlsChannel::receive(char* bytes, std::size_t room) {
  std::size_t filled = 0;
  taken_all_ = false;
  while (filled < room && !failed_ && !client_is_done_) {
    std::size_t count = 0;
    ERR_clear_error();
    const int result = SSL_read_ex(ssl_.get(), bytes + filled, room - filled, &count);
    filled += count;
    if (result == 1) continue;
    taken_all_ = may_go_on(result);
    if (taken_all_) break;
  }
  if (filled > 0) return static_cast<ssize_t>(filled);
  if (client_is_done_) return 0;
  errno = failed_ ? ECONNRESET : EAGAIN;
  return -1;
}

ssize_t TlsChannel::send(const char* bytes, std::size_t size) {
  std::size_t sent = 0;
  while (sent < size && !failed_) {
    std::size_t count = 0;
    ERR_clear_error();
    const int result = SSL_write_ex(ssl_.get(), bytes + sent, size - sent, &count);
    sent += count;
    if (result == 1) continue;
    failed_ = !may_go_on(result);
    break;
  }
  if (sent > 0 || size == 0) return static_cast<ssize_t>(sent);
  errno = failed_ ? ECONNRESET : EAGAIN;
  return -1;
}

void TlsChannel::say_end() {
  if (failed_ || SSL_is_init_finished(ssl_.get()) == 0 || std::exchange(ended_, true)) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

}  // namespace vault_mock::net
