#include "vault-mock/server.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <httplib.h>
#include <stdexcept>

#include "unit/app/folder.hpp"

namespace vault_mock {
namespace {

const httplib::Headers kHeaders = {
    {"authorization", "Bearer k"}, {"x-apideck-app-id", "app"}, {"x-apideck-consumer-id", "acme"}};

int status_of(const Server& mock, const std::string& path = "/vault/sessions") {
  httplib::Client client(mock.url());
  const auto answer = client.Post(path.c_str(), kHeaders, "", "application/json");
  return answer ? answer->status : 0;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string refusal_of(const std::vector<std::string>& arguments) {
  try {
    const Server mock(arguments);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST(Server, answers_as_soon_as_it_is_made) {
  const Server mock;
  EXPECT_EQ(mock.url().substr(0, 17), "http://127.0.0.1:");
  EXPECT_EQ(status_of(mock), 200);
  EXPECT_EQ(status_of(mock, "/@checkout-17/vault/sessions"), 200);
}

TEST(Server, ends_with_its_scope) {
  std::string url;
  {
    const Server mock;
    url = mock.url();
  }
  EXPECT_FALSE(httplib::Client(url).Get("/_mock/health"));
}

TEST(Server, several_live_at_once) {
  const Server first, second({"--api-key", "other"});
  EXPECT_NE(first.url(), second.url());
  EXPECT_EQ(status_of(first), 200);
  EXPECT_EQ(status_of(second), 401);
}

TEST(Server, takes_the_arguments_of_the_command_line) {
  const Server mock({std::string(VAULT_MOCK_SOURCE_DIR) + "/fixtures/examples/unauthorized.json", "--now",
                     "2027-01-01T00:00:00Z"});
  httplib::Client client(mock.url());
  const auto clock = client.Get("/_mock/clock");
  ASSERT_TRUE(clock);
  EXPECT_NE(clock->body.find("2027-01-01T00:00:00"), std::string::npos) << clock->body;
}

TEST(Server, serves_https_and_writes_the_ready_file_as_the_program_does) {
  const app::Folder folder;
  ::setenv("XDG_STATE_HOME", folder.path().c_str(), 1);
  const auto ready = folder.path() + "/ready";
  {
    const Server mock({"--tls-port", "0", "--ready-file", ready});
    EXPECT_EQ(mock.https_url().substr(0, 18), "https://127.0.0.1:");
    httplib::Client client(mock.https_url());
    client.set_ca_cert_path((folder.path() + "/vault-mock/ca.pem").c_str());
    const auto answer = client.Get("/_mock/health");
    ASSERT_TRUE(answer) << httplib::to_string(answer.error());
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(content_of(ready), mock.url() + "\n" + mock.https_url() + "\n");
  }
  EXPECT_EQ(content_of(ready), "") << "it goes with the mock";
  ::unsetenv("XDG_STATE_HOME");
  EXPECT_EQ(Server().https_url(), "");
}

TEST(Server, that_cannot_start_throws_the_words_of_the_program) {
  EXPECT_NE(refusal_of({"--prot", "1"}).find("did you mean --port?"), std::string::npos);
  EXPECT_NE(refusal_of({"no-such-rules.json"}).find("no-such-rules.json"), std::string::npos);
  EXPECT_NE(refusal_of({"--host", "192.0.2.1"}).find("192.0.2.1"), std::string::npos);
  EXPECT_NE(refusal_of({"--help"}), "");
  const Server other;
  const auto port = other.url().substr(other.url().rfind(':') + 1);
  EXPECT_EQ(refusal_of({"--port", port}),
            "vault-mock: port " + port +
                " is in use; stop what listens there, or choose another with --port (0 takes any free one)");
  EXPECT_NE(refusal_of({"-p", port}).find("is in use"), std::string::npos);
}

}  // namespace
}  // namespace vault_mock
