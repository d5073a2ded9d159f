// Many clients in many spaces at once, each adding rules, calling, verifying and resetting. Run under
// ThreadSanitizer by the tsan preset; without it the answers themselves tell of leaks between spaces and of
// lost entries.
#include <barrier>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

#include "app/log/logging.hpp"
#include "app/mock.hpp"
#include "text/headers.hpp"

namespace vault_mock::app {
namespace {

constexpr int kSpaces = 50;
constexpr int kClientsPerSpace = 4;
constexpr int kRounds = 3;

class Client {
 public:
  Client(site::Site& site, int space, int number)
      : site_(site),
        prefix_("/@space-" + std::to_string(space)),
        consumer_("c-" + std::to_string(space) + "-" + std::to_string(number)) {}

  net::Answer send(std::string_view method, const std::string& path, const std::string& body = "") {
    std::vector<text::HeaderView> headers = {{"host", "localhost"},
                                             {"authorization", "Bearer k"},
                                             {"x-apideck-app-id", "app"},
                                             {"x-apideck-consumer-id", consumer_},
                                             {"content-type", "application/json"}};
    const auto target = prefix_ + path;
    return site_.handle({.method = method, .target = target, .headers = std::move(headers), .body = body});
  }

  // One visit: a rule for this client alone, an error and a session by it, both verified, the rule taken
  // back.
  void play() {
    const auto added = send("POST", "/_mock/rules?times=1",
                            R"({"when":{"consumer_id":")" + consumer_ + R"("},"respond":{"error":402}})");
    ASSERT_EQ(added.status, 201) << added.body;
    const auto id = nlohmann::json::parse(added.body).at("id").get<std::string>();
    EXPECT_EQ(send("POST", "/vault/sessions", "{}").status, 402);
    EXPECT_EQ(send("POST", "/vault/sessions", "{}").status, 200);
    played_ += 2;
    const auto verdict =
        send("POST", "/_mock/verify",
             R"({"when":{"consumer_id":")" + consumer_ + R"("},"times":)" + std::to_string(played_) + "}");
    EXPECT_TRUE(nlohmann::json::parse(verdict.body).at("pass").get<bool>()) << verdict.body;
    EXPECT_EQ(send("PUT", "/_mock/clock", R"({"offset":"1h"})").status, 200);
    EXPECT_EQ(send("GET", "/_mock/requests?limit=5").status, 200);
    EXPECT_EQ(send("DELETE", "/_mock/rules/" + id).status, 204);
    EXPECT_EQ(send("POST", "/_mock/reset", R"({"only":["clock","sessions"]})").status, 200);
  }

 private:
  site::Site& site_;
  const std::string prefix_, consumer_;
  int played_ = 0;
};

TEST(Concurrency, TwoHundredClientsInFiftySpacesNeverMeet) {
  ServeOptions options;
  options.log_level = "off";
  const auto mock = Mock::create(options, make_log(options));
  ASSERT_TRUE(mock) << mock.error();
  auto& site = (*mock)->site();

  std::barrier start(kSpaces * kClientsPerSpace);
  std::vector<std::thread> threads;
  for (int space = 0; space < kSpaces; ++space)
    for (int number = 0; number < kClientsPerSpace; ++number)
      threads.emplace_back([&site, &start, space, number] {
        Client client(site, space, number);
        start.arrive_and_wait();
        for (int round = 0; round < kRounds; ++round) client.play();
      });
  for (auto& thread : threads) thread.join();

  // Nothing is lost from a journal within its bounds, and nothing of another space is in it.
  for (const auto& space : (*mock)->spaces().all()) {
    if (space == (*mock)->spaces().default_space()) continue;
    const auto entries = space->journal().select([](const spaces::Entry&) { return true; }, 10'000);
    EXPECT_EQ(entries.size(), static_cast<std::size_t>(2 * kRounds * kClientsPerSpace)) << space->name();
    for (const auto& entry : entries)
      EXPECT_TRUE(entry->consumer_id.starts_with("c-" + space->name().substr(6) + "-")) << entry->consumer_id;
  }
}

}  // namespace
}  // namespace vault_mock::app
