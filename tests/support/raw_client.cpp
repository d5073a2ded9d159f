#include "support/raw_client.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "text/ascii.hpp"

namespace vault_mock::support {
namespace {

using Clock = std::chrono::steady_clock;

std::size_t head_size(std::string_view bytes) {
  const auto end = bytes.find("\r\n\r\n");
  return end == std::string_view::npos ? end : end + 4;
}

// Where the chunked body that begins at `at` ends, or npos while it does not. Its data goes to `data`.
std::size_t end_of_chunks(std::string_view bytes, std::size_t at, std::string* data) {
  while (true) {
    const auto line_end = bytes.find("\r\n", at);
    if (line_end == std::string_view::npos) return line_end;
    const auto size = std::stoul(std::string(bytes.substr(at, line_end - at)), nullptr, 16);
    at = line_end + 2;
    if (bytes.size() < at + size + 2) return std::string_view::npos;
    if (data != nullptr) data->append(bytes.substr(at, size));
    at += size + 2;
    if (size == 0) return at;
  }
}

// The size of the answer at the front of `bytes`, or npos while it is not whole.
std::size_t answer_size(std::string_view bytes, RawClient::Asked asked) {
  const auto head = head_size(bytes);
  if (head == std::string_view::npos) return head;
  if (status_of(bytes) < 200) return head;
  if (asked == RawClient::Asked::for_head) return head;
  if (header_of(bytes, "transfer-encoding") == "chunked") return end_of_chunks(bytes, head, nullptr);
  const auto length = header_of(bytes, "content-length");
  const auto size = head + (length.empty() ? 0 : std::stoul(length));
  return bytes.size() < size ? std::string_view::npos : size;
}

}  // namespace

RawClient::RawClient(std::uint16_t port) : RawClient(unconnected(port)) { connect(); }

RawClient RawClient::unconnected(std::uint16_t port) {
  RawClient client;
  client.socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  client.port_ = port;
  return client;
}

void RawClient::connect() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    const int error = errno;
    close();
    throw std::system_error(error, std::generic_category(), "connect");
  }
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      port_(other.port_),
      end_(other.end_),
      unread_(std::move(other.unread_)) {}

RawClient::~RawClient() { close(); }

bool RawClient::try_send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void RawClient::send(std::string_view bytes) { ASSERT_TRUE(try_send(bytes)) << "errno " << errno; }

bool RawClient::receive(Clock::time_point deadline) {
  if (end_ != End::open) return false;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  pollfd entry{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&entry, 1, static_cast<int>(std::max<decltype(left)>(left, 0))) <= 0) return false;
  std::array<char, 65536> bytes;
  const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (count > 0) {
    unread_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
  }
  end_ = count == 0 ? End::closed : End::reset;
  return false;
}

std::string RawClient::read_answer(Asked asked, std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  auto size = answer_size(unread_, asked);
  while (size == std::string::npos && receive(deadline)) size = answer_size(unread_, asked);
  if (size == std::string::npos) {
    ADD_FAILURE() << "no whole answer, only " << unread_.size() << " bytes: " << unread_.substr(0, 300);
    return {};
  }
  auto answer = unread_.substr(0, size);
  unread_.erase(0, size);
  return answer;
}

std::string RawClient::read_for(std::chrono::milliseconds time) {
  const auto deadline = Clock::now() + time;
  while (receive(deadline)) {
  }
  return std::exchange(unread_, {});
}

std::string RawClient::read_to_end(std::chrono::milliseconds limit) {
  auto bytes = read_for(limit);
  EXPECT_NE(end_, End::open) << "the connection did not end";
  return bytes;
}

std::string RawClient::read_until(std::string_view text, std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  while (unread_.find(text) == std::string::npos && receive(deadline)) {
  }
  EXPECT_NE(unread_.find(text), std::string::npos) << text << " is missing in: " << unread_.substr(0, 300);
  return std::exchange(unread_, {});
}

void RawClient::finish_sending() { ::shutdown(socket_, SHUT_WR); }

void RawClient::vanish() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

void RawClient::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

void RawClient::receive_little() {
  const int size = 32 * 1024;
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

int status_of(std::string_view answer) {
  if (!answer.starts_with("HTTP/1.1 ")) return 0;
  return std::stoi(std::string(answer.substr(9, 3)));
}

std::string header_of(std::string_view answer, std::string_view name) {
  auto head = answer.substr(0, head_size(answer));
  while (!head.empty()) {
    const auto line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(head.size(), line.size() + 2));
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && text::equal_ignoring_case(line.substr(0, colon), name))
      return std::string(text::trim(line.substr(colon + 1)));
  }
  return {};
}

std::string body_of(std::string_view answer) {
  const auto head = head_size(answer);
  if (head == std::string_view::npos) return {};
  if (header_of(answer, "transfer-encoding") != "chunked") return std::string(answer.substr(head));
  std::string data;
  end_of_chunks(answer, head, &data);
  return data;
}

}  // namespace vault_mock::support
