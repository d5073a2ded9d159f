// The client with a real server over TLS.
#include <chrono>

#include "app/authority/authority.hpp"
#include "unit/redis/talk.hpp"

namespace vault_mock::redis {
namespace {

class RedisOverTls : public WithRedis {
 protected:
  void SetUp() override {
    WithRedis::SetUp();
    folder().file("ca.pem", authority_.certificates);
  }
  // With a certificate of the authority for these names.
  std::unique_ptr<RedisServer> serve(const std::vector<std::string>& names, std::string clients = "no",
                                     std::chrono::days ago = {}) {
    const auto issued = app::issue(authority_, names, now() - ago).value();
    return start({"--tls-cert-file", folder().file("server.pem", issued.certificates), "--tls-key-file",
                  folder().file("server.key", issued.key), "--tls-ca-cert-file", folder().path("ca.pem"),
                  "--tls-auth-clients", std::move(clients)},
                 true);
  }
  Url url_of_tls(std::uint16_t port, std::string host = "127.0.0.1") const {
    auto url = url_of(port);
    url.is_tls = true;
    url.host = std::move(host);
    url.ca_file = folder().path("ca.pem");
    return url;
  }
  static std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }
  static std::string problem(const Url& url) { return Talk(url, kPatient).ask({"PING"}); }

 private:
  const net::Credentials authority_ = app::make_authority("test", now() - std::chrono::days(1'000));
};

TEST_F(RedisOverTls, TrustsAnAuthorityThatItIsTold) {
  const auto server = serve({"localhost", "127.0.0.1"});
  for (const auto* host : {"localhost", "127.0.0.1"}) {
    Talk talk(url_of_tls(server->port(), host));
    ASSERT_TRUE(talk.is_connected_in_time());
    EXPECT_EQ(talk.ask({"ECHO", "in"}), "in");
    EXPECT_EQ(talk.ask({"PUBLISH", "news", "hello"}), "1");
    EXPECT_TRUE(eventually([&] { return talk.heard() == std::vector<std::string>{"news: hello"}; }));
  }
}

// More than one record of TLS, and more than the sockets' buffers hold.
TEST_F(RedisOverTls, CarriesLongTexts) {
  const auto server = serve({"127.0.0.1"});
  Talk talk(url_of_tls(server->port()));
  std::string text(5'000'000, 'x');
  for (std::size_t i = 0; i < text.size(); i += 1'000) text[i] = static_cast<char>('a' + i / 1'000 % 26);
  EXPECT_EQ(talk.ask({"SET", "long", text}), "OK");
  EXPECT_TRUE(talk.ask({"GET", "long"}) == text);
}

TEST_F(RedisOverTls, TakesAnyCertificateWhenItIsTold) {
  const auto server = serve({"elsewhere"});
  auto url = url_of_tls(server->port());
  url.ca_file.clear();
  url.is_any_certificate = true;
  EXPECT_EQ(Talk(url).ask({"ECHO", "in"}), "in");
}

TEST_F(RedisOverTls, RefusesACertificateForAnotherName) {
  const auto server = serve({"elsewhere", "10.0.0.1"});
  for (const auto* host : {"localhost", "127.0.0.1"})
    EXPECT_EQ(problem(url_of_tls(server->port(), host)),
              "lost: " + std::string(host) + ":" + std::to_string(server->port()) +
                  ": its certificate is for another name (elsewhere, 10.0.0.1)");
}

TEST_F(RedisOverTls, RefusesACertificateOfNobodyItTrusts) {
  const auto server = serve({"127.0.0.1"});
  auto url = url_of_tls(server->port());
  url.ca_file.clear();  // those of the system
  const auto words = problem(url);
  EXPECT_NE(words.find("its certificate is not from an authority that is trusted here"), std::string::npos)
      << words;
  EXPECT_NE(words.find("ca=FILE"), std::string::npos) << words;
}

TEST_F(RedisOverTls, RefusesACertificateThatHasExpired) {
  const auto server = serve({"127.0.0.1"}, "no", std::chrono::days(500));
  EXPECT_NE(problem(url_of_tls(server->port())).find("its certificate has expired"), std::string::npos);
}

TEST_F(RedisOverTls, SaysThatTheServerWantsACertificate) {
  const auto server = serve({"127.0.0.1"}, "yes");
  const auto words = problem(url_of_tls(server->port()));
  EXPECT_NE(words.find("it may ask for a certificate of its clients"), std::string::npos) << words;
}

TEST_F(RedisOverTls, SaysThatTheFileOfCertificatesIsNone) {
  const auto server = serve({"127.0.0.1"});
  auto url = url_of_tls(server->port());
  url.ca_file = folder().path("none.pem");
  EXPECT_TRUE(problem(url).ends_with(": there is no file of certificates to trust at ca=" + url.ca_file));
  url.ca_file = folder().pipe("pipe.pem");
  EXPECT_TRUE(problem(url).ends_with(": there is no file of certificates to trust at ca=" + url.ca_file));
  url.ca_file = folder().file("empty.pem", "no certificate");
  EXPECT_NE(problem(url).find("cannot be used"), std::string::npos);
}

TEST_F(RedisOverTls, SaysThatOneOfTheTwoDoesNotSpeakTls) {
  const auto with = serve({"127.0.0.1"}), without = start();
  Talk secure(url_of_tls(without->port()), kHasty);
  EXPECT_TRUE(eventually([&] { return secure.was_lost("without TLS, its address begins with redis://"); }))
      << secure.last_loss();
  Talk plain(url_of(with->port()), kHasty);
  EXPECT_TRUE(eventually([&] { return plain.was_lost("with TLS, its address begins with rediss://"); }))
      << plain.last_loss();
}

}  // namespace
}  // namespace vault_mock::redis
