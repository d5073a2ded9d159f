#include "rules/language/other_mocks.hpp"

#include <algorithm>
#include <array>

#include "rules/language/source_value.hpp"

namespace vault_mock::rules {
namespace {

struct Word {
  std::string_view word;
  std::string_view where;  // empty: anywhere
  std::string_view ours;   // what the message says after "here "
};

constexpr std::string_view kPath =
    R"(the path is written {"when": {"path": "/vault/sessions"}}, without query)";
constexpr std::string_view kPathPattern =
    R"(it is written {"path": {"matches": "^/vault/connections/[^/]+$"}}, or the operation is named: {"operation": "connectionsAll"})";
constexpr std::string_view kRegex = R"(a regular expression is written {"matches": "^retry-[0-9]+$"})";
constexpr std::string_view kPointer =
    R"(a place of the body is a JSON Pointer, with a matcher: {"body": {"/settings/session_length": {"exists": true}}})";
constexpr std::string_view kBody =
    R"(the body is written {"body": {"/settings/session_length": "7d"}}, or as a part: {"body": {"settings": {}}})";
constexpr std::string_view kDelay = R"(a delay is written {"respond": {"delay": "300ms"}})";
constexpr std::string_view kStates =
    R"(states are written {"given": {"plan": null}, "sets": {"plan": "paid"}}: wanted, and set by the rule)";
constexpr std::string_view kNoFiles = R"(answers are written in the rule itself, as "body" (JSON) or "text")";
constexpr std::string_view kNoForwarding =
    R"(nothing is forwarded: {"respond": {"pass": true}} goes on as usual)";
constexpr std::string_view kQuery = R"(the query is written {"query": {"page": "2"}})";
constexpr std::string_view kFault = R"(a broken connection is written {"respond": {"fault": "reset"}})";
constexpr std::string_view kRules = R"(a file is written {"rules": [...]})";
constexpr std::string_view kWhen = R"(it is written {"when": {"consumer_id": "acme"}})";
constexpr std::string_view kRespond = R"(it is written {"respond": {"error": 402}})";

constexpr std::string_view kRandom =
    R"(one of some answers is written {"random": [{"error": 503, "weight": 1}, {"pass": true, "weight": 9}]})";

constexpr auto kWords = std::to_array<Word>({
    {"mappings", "", kRules},
    {"expectations", "", kRules},
    {"stubs", "", kRules},
    {"imposters", "", kRules},
    {"routes", "", kRules},
    {"handlers", "", kRules},

    {"request", "", kWhen},
    {"httpRequest", "", kWhen},
    {"predicates", "", kWhen},
    {"response", "", kRespond},
    {"httpResponse", "", kRespond},
    {"reply", "", kRespond},
    {"is", "a rule", kRespond},
    {"responses", "",
     R"(answers one after the other are written {"sequence": [{"error": 503}, {"pass": true}]})"},
    {"responseMode", "",
     R"(answers one after the other are written {"sequence": [...]}, and one drawn at random {"random": [...]})"},
    {"responseWeights", "", kRandom},
    {"replyWithError", "", kFault},
    {"httpError", "", kFault},
    {"httpForward", "", kNoForwarding},
    {"httpOverrideForwardedRequest", "", kNoForwarding},
    {"proxyBaseUrl", "", kNoForwarding},
    {"proxy", "", kNoForwarding},
    {"passthrough", "", kNoForwarding},
    {"priority", "", "the first rule that matches decides: put it earlier in the list"},
    {"scenarioName", "", kStates},
    {"requiredScenarioState", "", kStates},
    {"newScenarioState", "", kStates},
    {"scenario", "", kStates},
    {"uuid", "a rule", R"(a rule is identified by its "name")"},
    {"id", "a rule", R"(a rule is identified by its "name")"},
    {"persistent", "", "a rule stays until its file changes or it is deleted; leave this out"},
    {"metadata", "a rule", R"(words for readers are written in "description")"},
    {"once", "", R"(it is written {"times": 1})"},
    {"persist", "", R"(a rule without "times" matches for ever; leave this out)"},
    {"timeToLive", "", R"(how often a rule may match is written {"times": 1})"},

    {"url", "", kPath},
    {"uri", "when", kPath},
    {"urlPath", "", kPath},
    {"endpoint", "", kPath},
    {"urlPattern", "", kPathPattern},
    {"urlPathPattern", "", kPathPattern},
    {"urlPathTemplate", "", kPathPattern},
    {"pathParameters", "", kPathPattern},
    {"queryParameters", "", kQuery},
    {"queryStringParameters", "", kQuery},
    {"formParameters", "", kBody},
    {"bodyPatterns", "", kBody},
    {"requestBody", "", kBody},
    {"jsonBody", "when", kBody},
    {"json", "when", kBody},
    {"verb", "", R"(it is written {"method": "POST"})"},
    {"basicAuth", "", R"(the key is written {"api_key": "test-key"})"},
    {"basicAuthCredentials", "", R"(the key is written {"api_key": "test-key"})"},
    {"cookies", "", R"(cookies are a header: {"headers": {"cookie": {"contains": "a=b"}}})"},
    {"host", "when", R"(it is a header: {"headers": {"host": "localhost:4010"}})"},
    {"operationId", "", R"(it is written {"operation": "sessionsCreate"})"},
    {"anyOf", "", R"(it is written {"any": [...]})"},
    {"allOf", "", R"(it is written {"all": [...]})"},
    {"or", "", R"(it is written {"any": [...]})"},
    {"and", "", R"(it is written {"all": [...]})"},
    {"oneOf", "a rule", kRandom},
    {"oneOf", "", R"(one of some values is written {"in": ["a", "b"]})"},
    {"methods", "", R"(it is written {"method": ["POST", "PATCH"]})"},

    {"isEmpty", "", R"(it is written {"empty": true})"},
    {"blank", "a matcher", R"(it is written {"empty": true})"},
    {"notEmpty", "", R"(it is written {"empty": false})"},
    {"isNotEmpty", "", R"(it is written {"empty": false})"},
    {"absent", "", R"(it is written {"exists": false})"},
    {"present", "", R"(it is written {"exists": true})"},
    {"equalTo", "", R"(it is written {"equals": ...}, or as the value itself)"},
    {"equalToJson", "", R"(it is written {"equals": {...}})"},
    {"deepEquals", "", R"(it is written {"equals": {...}})"},
    {"is", "a matcher", R"(it is written {"equals": ...}, or as the value itself)"},
    {"caseInsensitive", "", R"(case is ignored by {"matches": "(?i)^acme$"})"},
    {"regex", "", kRegex},
    {"regexp", "", kRegex},
    {"pattern", "", kRegex},
    {"matchesPattern", "", kRegex},
    {"doesNotMatch", "", R"(it is written {"not": {"matches": "..."}})"},
    {"doesNotContain", "", R"(it is written {"not": {"contains": "..."}})"},
    {"includes", "", R"(it is written {"contains": "..."})"},
    {"matchesJsonPath", "", kPointer},
    {"jsonPath", "", kPointer},
    {"jsonpath", "", kPointer},
    {"expression", "", kPointer},
    {"matchesXPath", "", "bodies are JSON; XPath is not supported"},
    {"equalToXml", "", "bodies are JSON; XML is not supported"},
    {"matchesJsonSchema", "", R"(it is written {"schema": {...}})"},
    {"jsonSchema", "", R"(it is written {"schema": {...}})"},
    {"greaterThan", "", R"(it is written {"gt": 5})"},
    {"lessThan", "", R"(it is written {"lt": 5})"},
    {"minLength", "a matcher", R"(it is written {"length": {"gte": 5}})"},
    {"maxLength", "a matcher", R"(it is written {"length": {"lte": 5}})"},

    {"statusCode", "",
     R"(it is written {"status": 503}, or {"error": 503} for an error in the vendor's shape)"},
    {"code", "an answer",
     R"(it is written {"status": 503}, or {"error": 503} for an error in the vendor's shape)"},
    {"jsonBody", "an answer", R"(it is written "body")"},
    {"json", "an answer", R"(it is written "body")"},
    {"bodyFileName", "", kNoFiles},
    {"base64Body", "", kNoFiles},
    {"filePath", "", kNoFiles},
    {"fixedDelayMilliseconds", "", kDelay},
    {"delayDistribution", "",
     R"(it is written {"delay": {"median": "300ms", "sigma": 0.5}} or {"delay": {"min": "100ms", "max": "300ms"}})"},
    {"chunkedDribbleDelay", "", R"(it is written {"fault": {"kind": "drip", "chunk": 16, "gap": "100ms"}})"},
    {"latency", "", kDelay},
    {"delayMs", "", kDelay},
    {"wait", "", kDelay},
    {"dropConnection", "", R"(it is written {"fault": "close"})"},
    {"connectionOptions", "", kFault},
    {"transformers", "", R"(templates such as {{consumer_id}} are filled in everywhere; leave this out)"},
    {"contentType", "", R"(it is a header: {"headers": {"content-type": "text/html"}})"},
});

constexpr auto kFaults = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"CONNECTION_RESET_BY_PEER", "reset"},
    {"EMPTY_RESPONSE", "close"},
    {"MALFORMED_RESPONSE_CHUNK", "malformed"},
    {"RANDOM_DATA_THEN_CLOSE", "malformed"},
    {"ECONNRESET", "reset"},
});

// Inside a "when" the example needs none of its own, and inside an answer no "respond":
// {"when": {"path": "/x"}} -> {"path": "/x"}
std::string without_key(std::string ours, std::string_view key) {
  const auto outer = "{\"" + std::string(key) + "\": {";
  const auto at = ours.find(outer);
  if (at == ours.npos) return ours;
  ours.replace(at, outer.size(), "{");
  if (const auto end = ours.find("}}", at); end != ours.npos) ours.erase(end, 1);
  return ours;
}

// Most of these words may be names of body members; then they are not mistakes.
bool may_be_member(std::string_view word) {
  return !word.starts_with("equalTo") && !word.starts_with("matchesJson") && word != "matchesXPath" &&
         word != "jsonPath";
}

}  // namespace

std::optional<std::string> other_mock_word(std::string_view word, std::string_view where) {
  if (where == "the body" && may_be_member(word)) return std::nullopt;
  const auto found = std::ranges::find_if(
      kWords, [&](const Word& w) { return w.word == word && (w.where.empty() || w.where == where); });
  if (found == kWords.end()) return std::nullopt;
  std::string ours(found->ours);
  if (where == "when") ours = without_key(std::move(ours), "when");
  if (where == "an answer") ours = without_key(std::move(ours), "respond");
  return in_quotes(word) + " is a word of other mock servers; here " + ours;
}

std::optional<std::string> other_mock_fault(std::string_view word) {
  const auto found = std::ranges::find(kFaults, word, [](const auto& pair) { return pair.first; });
  if (found == kFaults.end()) return std::nullopt;
  return std::string(found->second);
}

}  // namespace vault_mock::rules
