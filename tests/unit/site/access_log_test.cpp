// What requests, refusals and faults leave in the log, in both formats and at each level.
#include "site/access_log.hpp"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sstream>

#include "unit/engine/asking.hpp"

namespace vault_mock::site {
namespace {

using nlohmann::json;

constexpr std::string_view kBody = R"({"redirect_uri":"not a url"})";
const std::vector<text::HeaderView> kHeaders = {{"authorization", "Bearer sk_test_0123456789"},
                                                {"content-type", "application/json"},
                                                {"x-apideck-app-id", "app"},
                                                {"x-apideck-consumer-id", "consumer"}};

class AccessLogs : public testing::Test {
 protected:
  AccessLog log(LogFormat format, spdlog::level::level_enum level) {
    auto logger =
        std::make_shared<spdlog::logger>("log", std::make_shared<spdlog::sinks::ostream_sink_mt>(written_));
    logger->set_pattern(format == LogFormat::json ? R"({"level":"%l","entry":%v})" : "%l %v");
    logger->set_level(level);
    return {std::make_shared<const Log>(std::move(logger), format), Mask("key")};
  }

  // The log of one request that gets advice.
  void write_request(LogFormat format, spdlog::level::level_enum level) {
    engine::Asking asking;
    const auto outcome = asking.ask("POST", "/vault/sessions", kHeaders, kBody);
    ASSERT_EQ(outcome.response.status, 200);
    ASSERT_EQ(outcome.trace.advice.size(), 1u);
    id_ = outcome.trace.request_id;
    const engine::ApiRequest request{.method = "POST",
                                     .path = "/vault/sessions",
                                     .query = "",
                                     .headers = kHeaders,
                                     .body = kBody,
                                     .base_url = "http://mock"};
    log(format, level).write(request, outcome, std::chrono::microseconds(7));
  }

  std::vector<std::string> lines() const {
    std::istringstream text(written_.str());
    std::vector<std::string> found;
    for (std::string line; std::getline(text, line);) found.push_back(line);
    return found;
  }

  json entry(std::size_t index) const { return json::parse(lines().at(index)); }

  std::ostringstream written_;
  std::string id_;
};

TEST_F(AccessLogs, AsJsonHaveARequestAndItsAdviceInEntriesOfTheirOwn) {
  write_request(LogFormat::json, spdlog::level::info);
  ASSERT_EQ(lines().size(), 2u) << written_.str();
  EXPECT_EQ(entry(0).at("level"), "info");
  EXPECT_EQ(entry(0).at("entry").at("path"), "/vault/sessions");
  EXPECT_EQ(entry(0).at("entry").at("us"), 7);
  EXPECT_FALSE(entry(0).at("entry").contains("event"));
  EXPECT_EQ(entry(1).at("level"), "warning");
  EXPECT_EQ(entry(1).at("entry").at("event"), "advice");
  EXPECT_EQ(entry(1).at("entry").at("place"), "/redirect_uri");
  EXPECT_EQ(entry(1).at("entry").at("id"), id_);
}

TEST_F(AccessLogs, KeepAdviceAtLevelWarnInBothFormats) {
  write_request(LogFormat::json, spdlog::level::warn);
  ASSERT_EQ(lines().size(), 1u) << written_.str();
  EXPECT_EQ(entry(0).at("entry").at("event"), "advice");
  write_request(LogFormat::text, spdlog::level::warn);
  ASSERT_EQ(lines().size(), 2u) << written_.str();
  EXPECT_EQ(lines()[1].find("warning advice /redirect_uri: "), 0u) << lines()[1];
}

TEST_F(AccessLogs, HaveHeadersAndBodyAtLevelDebugInBothFormats) {
  write_request(LogFormat::json, spdlog::level::debug);
  ASSERT_EQ(lines().size(), 3u) << written_.str();
  const auto content = entry(2).at("entry");
  EXPECT_EQ(entry(2).at("level"), "debug");
  EXPECT_EQ(content.at("event"), "request");
  EXPECT_EQ(content.at("id"), id_);
  EXPECT_EQ(content.at("body"), kBody);
  EXPECT_EQ(content.at("headers").at(0), "authorization: " + Mask("key").masked(kHeaders[0].second));
  EXPECT_EQ(content.at("headers").at(1), "content-type: application/json");

  write_request(LogFormat::text, spdlog::level::debug);
  EXPECT_NE(written_.str().find("\n  x-apideck-app-id: app\n"), std::string::npos) << written_.str();
  EXPECT_NE(written_.str().find("\n  " + std::string(kBody)), std::string::npos);
  EXPECT_EQ(written_.str().find("0123456789"), std::string::npos);
}

TEST_F(AccessLogs, SayDelayFaultReasonAndHintWhereThereAreSome) {
  engine::Asking asking;
  auto outcome = asking.ask("POST", "/vault/session", kHeaders);
  outcome.delay = std::chrono::milliseconds(1500);
  outcome.fault = rules::Hang{};
  outcome.trace.sent_method = "POST";
  engine::ApiRequest request{.method = "POST",
                             .path = "/vault/session",
                             .query = "",
                             .headers = kHeaders,
                             .body = "",
                             .base_url = "http://mock"};
  log(LogFormat::text, spdlog::level::info).write(request, outcome, std::chrono::microseconds(7));
  const std::string kHint = "'session' is not 'sessions': did you mean POST /vault/sessions?";
  ASSERT_EQ(lines().size(), 1u) << written_.str();
  EXPECT_TRUE(lines()[0].ends_with(
      " sent_method=POST delay=1500ms fault=hang why=\"Could not find route: POST /vault/session\" hint=\"" +
      kHint + "\""))
      << lines()[0];
  log(LogFormat::json, spdlog::level::info).write(request, outcome, std::chrono::microseconds(7));
  const auto said = entry(1).at("entry");
  EXPECT_EQ(said.at("sent_method"), "POST");
  EXPECT_EQ(said.at("delay"), "1500ms");
  EXPECT_EQ(said.at("fault"), "hang");
  EXPECT_EQ(said.at("why"), "Could not find route: POST /vault/session");
  EXPECT_EQ(said.at("hint"), kHint);

  write_request(LogFormat::text, spdlog::level::info);
  EXPECT_EQ(lines()[2].find(" delay="), std::string::npos) << lines()[2];
  for (const auto* word : {" sent_method=", " fault=", " why=", " hint="})
    EXPECT_EQ(lines()[2].find(word), std::string::npos) << lines()[2];
}

TEST_F(AccessLogs, WarnOfWhatWasRefusedAndNobodyAskedFor) {
  engine::Asking asking;
  const engine::ApiRequest request{.method = "POST",
                                   .path = "/vault/sessions",
                                   .query = "",
                                   .headers = kHeaders,
                                   .body = "",
                                   .base_url = "http://mock"};
  const auto level_of = [&](const engine::Outcome& outcome) {
    log(LogFormat::text, spdlog::level::info).write(request, outcome, std::chrono::microseconds(7));
    return lines().back().substr(0, lines().back().find(' '));
  };
  EXPECT_EQ(level_of(asking.ask("POST", "/vault/sessions", kHeaders)), "info");
  EXPECT_EQ(level_of(asking.ask("POST", "/vault/session", kHeaders)), "warning");
  EXPECT_EQ(level_of(asking.ask("POST", "/vault/sessions", {})), "warning");
  auto on_demand = kHeaders;
  on_demand.emplace_back("prefer", "code=503");
  EXPECT_EQ(level_of(asking.ask("POST", "/vault/sessions", on_demand)), "info");
  auto failed = asking.ask("POST", "/vault/sessions", kHeaders);
  failed.trace.has_failed = true;
  EXPECT_EQ(level_of(failed), "error");
}

TEST_F(AccessLogs, HaveWhatIsTheMocksOwnFaultAsErrors) {
  const auto text = log(LogFormat::text, spdlog::level::warn);
  text.write_refusal(400, "a broken request");
  text.write_refusal(500, "std::bad_alloc");
  text.write_fault("out of\nmemory");
  ASSERT_EQ(lines().size(), 3u) << written_.str();
  EXPECT_EQ(lines()[0], "warning refused with 400: a broken request");
  EXPECT_EQ(lines()[1], "error refused with 500: std::bad_alloc");
  EXPECT_EQ(lines()[2].find("error fault: out of"), 0u) << lines()[2];
  const auto as_json = log(LogFormat::json, spdlog::level::info);
  as_json.write_refusal(400, "a broken request");
  as_json.write_fault("out of memory");
  as_json.write_bounds("dropped 5 requests");
  EXPECT_EQ(entry(3),
            json::parse(
                R"({"level":"warning","entry":{"event":"refused","status":400,"text":"a broken request"}})"));
  EXPECT_EQ(entry(4), json::parse(R"({"level":"error","entry":{"event":"fault","text":"out of memory"}})"));
  EXPECT_EQ(entry(5).at("entry").at("event"), "bounds");
}

}  // namespace
}  // namespace vault_mock::site
