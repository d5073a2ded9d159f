// Rules of every kind, early ones too, against every operation with whatever headers and body. No answer is a
// failure of the mock, every token's payload is an object with each key once, and the mock's own lists are
// JSON.
#include <string>

#include "contract/contract.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/choices.hpp"
#include "fuzz/targets/whole_mock.hpp"
#include "support/known_names.hpp"
#include "text/headers.hpp"
#include "text/json/json_document.hpp"
#include "vault/base64url.hpp"

namespace vault_mock::fuzz {
namespace {

constexpr std::string_view kConditions[] = {
    R"({})",
    R"({"consumer_id":{"exists":false}})",
    R"({"method":"PATCH"})",
    R"({"operation":"sessionsCreate"})",
    R"({"body":{"/settings":{"exists":true}}})",
    R"({"body":{"schema":{"type":"object","required":["a"]}}})",
    R"({"path":{"starts_with":"/vault/"}})",
};
constexpr std::string_view kAnswers[] = {
    R"({"session":true})",
    R"({"session":{"claims":{"exp":1e300,"iat":-1e300,"consumer_id":5,"application_id":null}}})",
    R"({"session":{"claims":{"a":"{{/settings}}","b":"{{/consumer_id}}"}}})",
    R"({"session":{"claims":{"exp":"soon"}}})",
    R"({"session":{"ttl":"-100y"}})",
    R"({"session":{"ttl":"100y"}})",
    R"({"session":{"token":"{{consumer_id}}","uri":"{{/redirect_uri}}"}})",
    R"({"pass":true})",
    R"({"pass":true,"headers":{"x-a":"{{/a}}"}})",
    R"({"error":402})",
    R"({"error":"RequestValidationError","detail":{"a":"{{/a}}"}})",
    R"({"status":200,"body":{"status_code":200,"status":"OK","data":[]}})",
    R"({"status":204})",
    R"({"text":"{{headers.x-a}}"})",
    R"({"pass":true,"fault":"malformed"})",
};
constexpr std::string_view kBodies[] = {
    "",
    "5",
    R"("x")",
    "null",
    "[1,2]",
    "{}",
    "{",
    R"({"consumer_id":"x"})",
    R"({"consumer_id":"x","consumer_id":"y","exp":0})",
    R"({"target_service_id":"hubspot"})",
    R"({"granted":true,"resources":{"a":{"read":true}}})",
    R"({"value":"$.a"})",
    R"({"settings":{"api_key":"k","session_length":"7d"},"metadata":{"a":null},"enabled":false})",
    R"({"configuration":[{"resource":"leads","defaults":[{"id":"a","value":1},{"id":"a"}]}],"defaults":[{}]})",
    R"({"credentials":{"access_token":"t","refresh_token":null},"settings":null})",
    R"({"redirect_uri":"http://a.test","consumer_metadata":{"email":"e"},"a":[[[[]]]]})",
    R"({"custom_mappings":[{"id":"crm+leads+a","value":"b"}]})",
};
constexpr std::string_view kParts[] = {"crm",   "pipedrive", "hubspot", "zoho-crm",
                                       "leads", "a%2Fb",     "x",       "%00"};
constexpr std::string_view kQueries[] = {"",
                                         "?limit=1",
                                         "?limit=0",
                                         "?cursor=1",
                                         "?cursor=x",
                                         "?api=crm&configured=true",
                                         "?state=x&error=access_denied",
                                         "?filter[start_date]=x&filter[path]=a",
                                         "?start_datetime=2026-01-01T00:00:00Z&end_datetime=x",
                                         "?images=all"};

// What a client keeps from request to request.
struct Client {
  WholeMock& mock;
  std::string token = "none";

  net::Answer ask(std::string_view method, std::string_view target, std::span<const text::HeaderView> headers,
                  std::string_view body) {
    auto answer = mock.answer(
        {.method = method, .target = target, .headers = {headers.begin(), headers.end()}, .body = body});
    check_answer(answer, method);
    require(answer.body.find("The mock failed") == std::string::npos,
            "no answer is a failure of the mock: " + std::string(method) + " " + std::string(target) + " " +
                std::string(body) + " → " + answer.body);
    return answer;
  }
};

// The payload of a token of ours is an object, each key once.
void check_token(std::string_view token) {
  const auto first = token.find('.');
  const auto last = token.rfind('.');
  if (first == token.npos || last == first) return;  // a rule's own
  const auto payload = vault::decode_base64url(token.substr(first + 1, last - first - 1));
  if (!payload) return;
  const auto claims = text::read_json(*payload, 200);
  require(claims && claims->value.is_object() && claims->duplicate_keys.empty(),
          "a token's payload is an object with each key once: " + *payload);
}

void add_rule(Client& client, Choices& choices) {
  std::string rule = R"({"when":)" + std::string(choices.one_of(kConditions));
  if (choices.yes()) rule += R"(,"before":"validation")";
  rule.append(R"(,"respond":)").append(choices.one_of(kAnswers)).append("}");
  const text::HeaderView host[] = {{"host", "127.0.0.1"}};
  client.ask("POST", choices.yes() ? "/_mock/rules?times=2" : "/_mock/rules", host, rule);
}

std::string target_of(const contract::Operation& operation, Choices& choices, const std::string& token) {
  std::string target;
  for (const auto& segment : operation.path) {
    target += '/';
    if (segment == "{unified_api}")
      target += "crm";
    else if (segment == "{token}")
      target += token;
    else if (segment.starts_with('{'))
      target += choices.one_of(kParts);
    else
      target += segment;
  }
  return target.append(choices.one_of(kQueries));
}

void ask_an_operation(Client& client, Choices& choices) {
  const auto& operation = choices.one_of(support::shipped_contract().operations());
  const auto target = target_of(operation, choices, client.token);
  const std::string bearer = "Bearer " + client.token;
  std::vector<text::HeaderView> headers = {{"host", "127.0.0.1"}};
  if (const auto proof = choices.below(4); proof == 1)
    headers.emplace_back("authorization", bearer);
  else if (proof > 1)
    headers.emplace_back("authorization", "Bearer k");
  if (choices.below(4) > 0) headers.emplace_back("x-apideck-app-id", "a");
  constexpr std::string_view kConsumers[] = {"c", "error-418", "error402", "expired", "", "c\xff"};
  if (choices.below(4) > 0) headers.emplace_back("x-apideck-consumer-id", choices.one_of(kConsumers));
  if (choices.below(4) == 0) headers.emplace_back("prefer", choices.yes() ? "code=201" : "code=204");
  const auto body = choices.below(3) == 0 ? choices.take(32) : choices.one_of(kBodies);

  const auto answer = client.ask(operation.method, target, headers, body);
  const auto document = nlohmann::json::parse(answer.body, nullptr, false);
  if (operation.id != "sessionsCreate" || !document.is_object() || !document.contains("data")) return;
  const auto& data = document.at("data");
  if (!data.is_object() || !data.contains("session_token")) return;
  client.token = data.at("session_token").get<std::string>();
  check_token(client.token);
}

}  // namespace

void play_rules_on_operations(std::string_view bytes) {
  Choices choices(bytes);
  Client client{.mock = whole_mock(Mode::as_real)};
  for (int turn = 0; turn < 16 && choices.left(); ++turn)
    choices.below(4) == 0 ? add_rule(client, choices) : ask_an_operation(client, choices);
  const text::HeaderView host[] = {{"host", "127.0.0.1"}};
  for (const auto* list : {"/_mock/requests", "/_mock/sessions", "/_mock/rules", "/_mock/spaces"})
    require(client.ask("GET", list, host, "").status == 200, "the mock's own lists answer");
}

}  // namespace vault_mock::fuzz
