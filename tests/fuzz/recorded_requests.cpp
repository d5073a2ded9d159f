#include "fuzz/recorded_requests.hpp"

#include <string>

#include "fuzz/seeds.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets/whole_mock.hpp"
#include "spaces/entry_codec.hpp"

namespace vault_mock::fuzz {
namespace {

constexpr std::string_view kRules[] = {
    R"({"name": "drip", "when": {"consumer_id": "drip"}, "respond": {"status": 200, "fault": {"kind": "drip", "chunk": 3, "gap": "1ms"}}})",
    R"({"name": "hang", "when": {"consumer_id": "hang"}, "respond": {"status": 200, "fault": {"kind": "hang", "limit": "1s"}}})",
    R"({"name": "passes early", "phase": "before_validation", "when": {"consumer_id": {"starts_with": "p"}}, "respond": {"pass": true, "delay": "1ms"}})",
    R"({"name": "never drawn", "when": {"consumer_id": "pat"}, "probability": 0, "respond": {"error": 402}})",
    R"({"name": "one time", "when": {"consumer_id": "pat"}, "times": 1, "respond": {"error": 402}})",
    R"({"name": "other state", "when": {"consumer_id": "pat"}, "state": {"given": {"plan": "free \"ü\""}}, "respond": {"error": 402}})",
    R"({"name": "switched off", "when": {"consumer_id": "pat"}, "respond": {"error": 402}})",
    R"({"name": "ended", "when": {"consumer_id": "pat"}, "respond": {"error": 402}})",
};

net::Answer ask(WholeMock& mock, std::string_view method, std::string_view target, std::string_view body,
                std::string_view consumer = "") {
  net::Request request{.method = method,
                       .target = target,
                       .headers = {{"host", "localhost"},
                                   {"content-type", "application/json"},
                                   {"authorization", "Bearer key"},
                                   {"x-apideck-app-id", "app"},
                                   {"x-apideck-consumer-id", consumer}},
                       .body = body};
  request.content_length = body.size();
  return mock.answer(request);
}

void tell(WholeMock& mock) {
  for (const auto rule : kRules) {
    const auto added = ask(mock, "POST", "/_mock/rules", rule);
    require(added.status == 201, "a rule is added: " + added.body);
    const auto id = nlohmann::json::parse(added.body).at("id").get<std::string>();
    const auto turn = [&](std::string_view change) {
      const auto turned = ask(mock, "PATCH", "/_mock/rules/" + id, change);
      require(turned.status == 200, "a rule is switched: " + turned.body);
    };
    if (rule.find("switched off") != rule.npos) turn(R"({"enabled": false})");
    if (rule.find("\"ended\"") != rule.npos) turn(R"({"expires_at": "2026-01-01T00:00:00Z"})");
  }
  constexpr std::string_view kBody =
      R"({"consumer_metadata":{"account_name":"Ümlaut"},"redirect_uri":"https://app.example","settings":{"unified_apis":["crm"]}})";
  for (const auto* consumer : {"acme", "drip", "hang", "pat", "pat"})
    ask(mock, "POST", "/vault/sessions", kBody, consumer);
  ask(mock, "POST", "/vault/sessions", R"({"redirectUri":"x","settings":{"unified_apis":["cmr"]}})", "acme");
  ask(mock, "POST", "/vault/sessions", "\xFF{", "acme");
  ask(mock, "GET", "/vault/conections?api=%FF", "", "acme");
  ask(mock, "GET", "/vault/connections?_method=POST&\xFF", "", "pat");
}

}  // namespace

spaces::Space& recorded_requests() {
  static WholeMock& mock = []() -> WholeMock& {
    static WholeMock asked(Mode::as_real);
    tell(asked);
    return asked;
  }();
  return mock.space();
}

std::vector<std::string> seeds_of_entries() {
  std::vector<std::string> seeds;
  for (const auto& entry : recorded_requests().journal().select([](const auto&) { return true; }, 1'000))
    seeds.push_back(spaces::write_entry(*entry));
  return seeds;
}

}  // namespace vault_mock::fuzz
