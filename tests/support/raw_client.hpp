// A client that says exactly the bytes it is told to, over a real socket, and tells how the connection ended.
// For tests of what no well-behaved HTTP client would do or show.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace vault_mock::support {

inline constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

class RawClient {
 public:
  explicit RawClient(std::uint16_t port);            // connects to 127.0.0.1; throws std::system_error
  static RawClient unconnected(std::uint16_t port);  // has its socket, and waits for connect()
  void connect();
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient();

  enum class End { open, closed, reset };  // as far as reading has shown

  // Sends all of it, or fails the test.
  void send(std::string_view bytes);
  // Like send(), but the server may have hung up.
  bool try_send(std::string_view bytes);

  // One whole answer: the head, and the body that its content-length or chunks announce (`to_head`: no body
  // follows).
  enum class Asked { for_body, for_head };
  std::string read_answer(Asked asked = Asked::for_body,
                          std::chrono::milliseconds limit = std::chrono::seconds(5));
  // All there is until the server ends the connection, or `limit` has passed.
  std::string read_to_end(std::chrono::milliseconds limit = std::chrono::seconds(5));
  // Whatever has arrived when `time` has passed, or the connection has ended.
  std::string read_for(std::chrono::milliseconds time);
  // Until the bytes read contain `text`.
  std::string read_until(std::string_view text, std::chrono::milliseconds limit = std::chrono::seconds(5));

  End end() const { return end_; }
  void finish_sending();  // half-close
  void vanish();          // reset the connection
  void close();
  void receive_little();  // a small receive buffer, to be a slow reader

 private:
  RawClient() = default;
  // Adds what arrives to unread_. False: nothing came until `deadline`, or the connection has ended.
  bool receive(std::chrono::steady_clock::time_point deadline);

  int socket_ = -1;
  std::uint16_t port_ = 0;
  End end_ = End::open;
  std::string unread_;
};

// The parts of an answer.
int status_of(std::string_view answer);
std::string header_of(std::string_view answer, std::string_view name);  // empty when it has none
std::string body_of(std::string_view answer);  // without its chunks' framing, if chunked

}  // namespace vault_mock::support
