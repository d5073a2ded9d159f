#include "net/client.hpp"

#include <gtest/gtest.h>
#include <httplib.h>
#include <thread>

namespace vault_mock::net {
namespace {

// Another program's server, for the length of a test.
class OtherServer {
 public:
  OtherServer() {
    server_.Get("/host", [](const httplib::Request& request, httplib::Response& response) {
      response.status = 418;
      response.set_content(request.get_header_value("Host"), "text/plain");
    });
    server_.Get("/long", [](const httplib::Request&, httplib::Response& response) {
      response.set_content(std::string(1'000'000, 'x'), "text/plain");
    });
    server_.Get("/endless", [](const httplib::Request&, httplib::Response& response) {
      response.set_chunked_content_provider(
          "text/plain", [](std::size_t, httplib::DataSink& sink) { return sink.write("piece ", 6); });
    });
    port_ = static_cast<std::uint16_t>(server_.bind_to_any_port("127.0.0.1"));
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~OtherServer() { stop(); }

  void stop() {
    if (!thread_.joinable()) return;
    server_.stop();
    thread_.join();
  }
  Origin origin(Scheme scheme = Scheme::http) const { return {scheme, "127.0.0.1", port_}; }

 private:
  httplib::Server server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST(Client, SendsTheHeadersAndTakesAnyStatus) {
  const OtherServer server;
  const auto answer = get(server.origin(), "/host", {{"Host", "localhost"}});
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 418);
  EXPECT_EQ(answer->body, "localhost");
}

TEST(Client, ReadsNoMoreOfABodyThanItsLimit) {
  const OtherServer server;
  const auto answer = get(server.origin(), "/long", {}, {.body = 1000});
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, std::string(1000, 'x'));
}

TEST(Client, FollowsAnAnswerWithoutEndForAsLongAsItIsWanted) {
  const OtherServer server;
  std::string read;
  const auto answer = follow(server.origin(), "/endless", {}, [&read](std::string_view bytes) {
    read += bytes;
    return read.size() < 1'000;
  });
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "");
  EXPECT_TRUE(read.starts_with("piece piece "));
}

TEST(Client, FollowsNothingThatIsAnsweredWithAnotherStatus) {
  const OtherServer server;
  const auto answer = follow(server.origin(), "/host", {{"Host", "localhost"}}, [](std::string_view) {
    ADD_FAILURE() << "it is no stream";
    return true;
  });
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 418);
  EXPECT_EQ(answer->body, "localhost");
}

TEST(Client, TellsAServerWithoutTlsFromAPortWhereNothingListens) {
  OtherServer server;
  const auto plain = get(server.origin(Scheme::https), "/host", {});
  ASSERT_FALSE(plain.has_value());
  EXPECT_EQ(plain.error().error, ClientError::no_answer);
  server.stop();
  for (const auto scheme : {Scheme::http, Scheme::https}) {
    const auto gone = get(server.origin(scheme), "/host", {});
    ASSERT_FALSE(gone.has_value());
    EXPECT_EQ(gone.error().error, ClientError::refused);
  }
}

}  // namespace
}  // namespace vault_mock::net
