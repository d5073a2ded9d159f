#include "fuzz/seeds.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "scenarios/player/scenario.hpp"
#include "text/json/json_document.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::fuzz {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Seeds = std::vector<std::string>;

constexpr std::size_t kLongest = 20'000;  // longer inputs only make the fuzzer slow

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

// In the order of their names, below a folder of the repository.
std::vector<fs::path> files_in(std::string_view folder, std::string_view extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(VAULT_MOCK_SOURCE_DIR) / folder))
    if (entry.path().extension() == extension) files.push_back(entry.path());
  std::ranges::sort(files);
  if (files.empty()) throw std::runtime_error("no seeds in " + std::string(folder));
  return files;
}

const std::vector<scenarios::Scenario>& scenario_files() {
  static const auto all = [] {
    std::vector<scenarios::Scenario> list;
    for (const auto& file : files_in("tests/scenarios", ".http"))
      if (auto scenario = scenarios::read_scenario(content_of(file))) list.push_back(std::move(*scenario));
    return list;
  }();
  return all;
}

// Each different one once, without those that are too long.
Seeds distinct(Seeds seeds) {
  std::ranges::sort(seeds);
  const auto end = std::unique(seeds.begin(), seeds.end());
  seeds.erase(std::remove_if(seeds.begin(), end, [](const auto& seed) { return seed.size() > kLongest; }),
              seeds.end());
  return seeds;
}

template <typename Make>
Seeds of_each_request(const Make& make) {
  Seeds seeds;
  for (const auto& scenario : scenario_files())
    for (const auto& exchange : scenario.exchanges) seeds.push_back(make(exchange.request));
  return distinct(std::move(seeds));
}

std::string bytes_of(const scenarios::Request& request) {
  std::string bytes = request.method + " " + request.target + " HTTP/1.1\r\n";
  for (const auto& [name, value] : scenarios::sent_headers(request)) bytes += name + ": " + value + "\r\n";
  return bytes + "\r\n" + request.body;
}

// What the rules' tests call grammatical and what they do not, as whole files.
void add_cases(Seeds& seeds) {
  for (const auto& file : files_in("tests/unit/rules/language", ".json"))
    for (const auto& list : json::parse(content_of(file)))
      for (const auto& rule : list)
        seeds.push_back(json{{"rules", json::array({rule.contains("rule") ? rule["rule"] : rule})}}.dump());
}

// Every string below `value` for which `wanted` says so.
template <typename Wanted>
void collect_strings(const json& value, const Wanted& wanted, Seeds& found) {
  if (value.is_string() && wanted(value.get_ref<const std::string&>())) found.push_back(value);
  if (value.is_structured())
    for (const auto& part : value) collect_strings(part, wanted, found);
}

// Every value below `value` that stands under that key (empty: under any in a "when").
void collect_members(const json& value, std::string_view key, std::vector<json>& found) {
  if (value.is_object())
    for (const auto& [name, member] : value.items())
      if (name == key) found.push_back(member);
  if (value.is_structured())
    for (const auto& part : value) collect_members(part, key, found);
}

// The table writes bytes as the characters of Latin-1, which JSON has in UTF-8.
std::string latin1(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    bytes += lead < 0x80 ? text[i] : static_cast<char>((lead << 6) | (text[++i] & 0x3F));
  }
  return bytes;
}

std::string bytes_of_part(const json& part) {
  if (part.is_string()) return latin1(part.get<std::string>());
  std::string bytes;
  for (int times = part.at("times").get<int>(); times > 0; --times)
    bytes += part.at("repeat").get<std::string>();
  return bytes;
}

Seeds raw_requests() {
  Seeds seeds;
  for (const auto& entry :
       json::parse(content_of(fs::path(VAULT_MOCK_SOURCE_DIR) / "tests/hostile/raw-requests.json"))) {
    const auto& send = entry.at("send");
    std::string bytes;
    for (const auto& part : send.is_array() ? send : json::array({send})) bytes += bytes_of_part(part);
    seeds.push_back(std::move(bytes));
  }
  return distinct(std::move(seeds));
}

std::vector<json> documents() {
  std::vector<json> all;
  for (const auto& text : seeds_of_fixtures())
    if (auto read = text::read_json(text)) all.push_back(std::move(read->value));
  return all;
}

}  // namespace

Seeds seeds_of_requests() {
  auto seeds = of_each_request(bytes_of);
  // The mock's own API, whose uses are tested from JavaScript.
  const auto post = [](const std::string& path, const std::string& body) {
    return "POST " + path +
           " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
  };
  const auto put = [&](const std::string& path, const std::string& body) {
    return "PUT" + post(path, body).substr(4);
  };
  const std::string session =
      "POST /@a/vault/sessions HTTP/1.1\r\nhost: a\r\nauthorization: Bearer k\r\nx-apideck-app-id: a\r\n"
      "x-apideck-consumer-id: acme\r\n\r\n";
  seeds.push_back(
      post("/@a/_mock/rules?times=1", R"({"when":{"consumer_id":"acme"},"respond":{"error":402}})") +
      session + post("/@a/_mock/verify", R"({"when":{"consumer_id":"acme"},"times":{"at_least":1}})"));
  seeds.push_back(put("/_mock/clock", R"({"freeze":"2027-01-01T00:00:00Z"})") +
                  put("/_mock/clock", R"({"advance":"2h"})"));
  seeds.push_back(put("/_mock/seed", R"({"seed":7})") +
                  post("/_mock/reset", R"({"only":["journal","clock"]})"));
  seeds.push_back(session +
                  "GET /@a/_mock/requests?limit=5&status=200&since=0 HTTP/1.1\r\nhost: localhost\r\n\r\n");
  seeds.push_back(
      "PUT /x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: "
      "chunked\r\n\r\n4;x=\"y\"\r\nabcd\r\n00A\r\n0123456789\r\n0\r\nt: 1\r\n\r\n" +
      session);
  std::ranges::move(raw_requests(), std::back_inserter(seeds));
  return seeds;
}

Seeds seeds_of_bodies() {
  return of_each_request([](const scenarios::Request& request) { return request.body; });
}

Seeds seeds_of_targets() {
  auto seeds = of_each_request([](const scenarios::Request& request) { return request.target; });
  for (const auto* more :
       {"/vault/connections/crm/pipedrive/leads/config", "/vault/logs?filter[x]=1&cursor=a%20b",
        "/@a/_mock/requests?limit=5", "/session/a.b.c/connections/crm+x"})
    seeds.emplace_back(more);
  return seeds;
}

Seeds seeds_of_fixtures() {
  Seeds seeds;
  for (const auto& file : files_in("fixtures", ".json"))
    if (!file.filename().string().ends_with(".schema.json")) seeds.push_back(content_of(file));
  for (const auto& scenario : scenario_files())
    if (!scenario.rules.empty()) seeds.push_back(scenario.rules);
  add_cases(seeds);
  seeds.emplace_back(
      R"({"a":{"b":1,"b":2},"a":[1]})");  // a key that stands twice in a value that is replaced
  return distinct(std::move(seeds));
}

Seeds seeds_of_matchers() {
  Seeds seeds;
  std::vector<json> conditions;
  for (const auto& document : documents()) collect_members(document, "when", conditions);
  for (const auto& condition : conditions)
    if (condition.is_object())
      for (const auto& [place, matcher] : condition.items())
        seeds.push_back(matcher.dump() + "\n\"retry-7\"");
  for (const auto* more :
       {"{\"length\":{\"gte\":2}}\n[1,2]", "{\"gt\":1,\"lte\":5}\n3", "{\"contains\":1}\n[1]",
        "{\"any\":[\"a\",{\"not\":\"b\"}]}\n\"c\"", "{\"matches\":\"^[0-9]+d$\"}\n\"7d\"",
        "{\"equals\":{\"a\":[1]}}\n{\"a\":[1]}", "{\"exists\":false}\n"})
    seeds.emplace_back(more);
  return distinct(std::move(seeds));
}

Seeds seeds_of_schemas() {
  Seeds seeds;
  std::vector<json> schemas;
  for (const auto& document : documents()) collect_members(document, "schema", schemas);
  for (const auto& schema : schemas)
    for (const auto* value : {"{\"vault_name\":\"x\",\"n\":{\"n\":[1,1.0]}}", "[1,2,2]", "\"aaaa\"", "7"})
      seeds.push_back(schema.dump() + "\n" + value);
  // Those that exploded, each in its way.
  const std::string wide =
      R"({"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"},{"$ref":"#/$defs/b"}]},"b":{"anyOf":[{"$ref":"#/$defs/c"},)"
      R"({"$ref":"#/$defs/c"}]},"c":{"type":"string"}},"$ref":"#/$defs/a"})";
  seeds.push_back(wide + "\n5");
  seeds.push_back(R"({"anyOf":[{"properties":{"n":{"$ref":"#"}}},{"properties":{"n":{"$ref":"#"}}}]})"
                  "\n"
                  R"({"n":{"n":{"n":{"n":{"n":{"n":5}}}}}})");
  seeds.push_back("{\"pattern\":\"^(a+)+$\"}\n\"" + std::string(4'000, 'a') + "!\"");
  seeds.push_back("{\"uniqueItems\":true,\"minItems\":1e18}\n[[1],[1.0],{\"a\":1},{\"a\":1}]");
  std::uint32_t dice = 1;
  for (int i = 0; i < 60; ++i) {
    std::string bytes(40, '\0');
    for (char& byte : bytes) byte = static_cast<char>((dice = dice * 1664525 + 1013904223) >> 24);
    seeds.push_back(std::move(bytes));
  }
  return distinct(std::move(seeds));
}

Seeds seeds_of_regexes() {
  Seeds seeds;
  std::vector<json> patterns;
  for (const auto& document : documents()) collect_members(document, "matches", patterns);
  for (const auto& pattern : patterns)
    if (pattern.is_string()) seeds.push_back(pattern.get<std::string>() + "\n7d");
  for (const auto* more : {"(a+)+$\naaaaaaaaaaaaaaaaaaaaaaaaaaaab", "(x{100}){10}\nx",
                           "(?i)\\pL[^a-z]|\\bq\\b\n\xC3\xA9", "(?=a)\na"})
    seeds.emplace_back(more);
  return distinct(std::move(seeds));
}

Seeds seeds_of_templates() {
  Seeds seeds;
  const std::string body =
      "\n"
      R"({"a":{"b":[1,"\"\u00e9\\"]},"settings":{"session_length":"7d"}})";
  for (const auto& document : documents())
    collect_strings(
        document, [](const std::string& text) { return text.find("{{") != text.npos; }, seeds);
  for (const auto* more : {"{{/a/b/1}} {{ headers.x-mood }} {{query.x}} \\{{ {{uuid}}{{now}}",
                           R"({ "a\\{{/a}}": ["{{consumer_id}}", "\u007b{/a/b}}", 1.50] })"})
    seeds.emplace_back(more);
  for (auto& seed : seeds) seed += body;
  return distinct(std::move(seeds));
}

Seeds seeds_of_json() {
  auto seeds = seeds_of_bodies();
  const auto fixtures = seeds_of_fixtures();
  seeds.insert(seeds.end(), fixtures.begin(), fixtures.end());
  return distinct(std::move(seeds));
}

Seeds seeds_of_pointers() {
  Seeds seeds;
  for (const auto* pointer : {"", "/settings/unified_apis/0", "/a~1b/m~0n", "/theme", "/", "/0", "/01", "/-"})
    for (const auto* document : {R"({"settings":{"unified_apis":["crm"]},"theme":null})",
                                 R"({"a/b":{"m~n":1,"m~n":[2]},"":{"":3}})", R"([[1,"]"],{"0":"\""}])"})
      seeds.push_back(std::string(pointer) + "\n" + document);
  return seeds;
}

Seeds seeds_of_durations() {
  return {"30m", "1h",     "24h",     "7d",     "1w",           "1.5h", "2 days",
          "100", ".5 sec", "-3 MINS", "1 year", "99999999999y", "1.",   "5 "};
}

Seeds seeds_of_timestamps() {
  return {"2027-01-01",
          "2027-01-01T00:00:00Z",
          "2027-01-01T02:00:00.250+02:00",
          "9999-12-31T23:59:59.999-14:00",
          "1970-01-01 00:00+14:00",
          "2028-02-29T23:59:59.999999Z"};
}

// Rows of bytes in which every value stands at every place sooner or later.
Seeds seeds_of_choices() {
  Seeds seeds;
  for (unsigned step = 1; step < 256; step += 6) {
    std::string row;
    for (unsigned i = 0; i < 160; ++i) row += static_cast<char>((i * step + i / 7) % 256);
    seeds.push_back(std::move(row));
  }
  return seeds;
}

Seeds seeds_of_tokens() {
  auto seeds = seeds_of_bodies();
  seeds.erase(std::remove(seeds.begin(), seeds.end(), std::string()), seeds.end());
  Seeds tokens = {
      "",
      "k",
      "eyJ..",
      "eyJhbGciOiJIUzI1NiJ9.e30.",
      "..",
      vault::sign_jwt(R"({"consumer_id":"a","application_id":"b","iat":1798761600,"exp":1798765200})",
                      "vault-mock-secret")};
  for (std::size_t i = 0; i < seeds.size(); i += 4) tokens.push_back(seeds[i]);
  return tokens;
}

Seeds seeds_of_raw_requests() {
  auto seeds = of_each_request(bytes_of);
  seeds.emplace_back("POST https://unify.apideck.com/vault/sessions HTTP/1.1\nhost: a\n\n{}\n");
  seeds.emplace_back("POST /vault/sessions\n \t : a header without a name\n");
  return seeds;
}

Seeds seeds_of_connectors() {
  return {
      content_of(fs::path(VAULT_MOCK_SOURCE_DIR) / "fixtures/connectors.json"),
      R"({"connectors":[{"unified_api":"crm","service_id":"x","name":"X","auth_type":"apiKey","icon":"<svg/>",)"
      R"("resources":["leads"],"form_fields":[{"id":"api_key","type":"text"}]}],"resources":{"leads":{"example":{}}}})"};
}

Seeds seeds_of_rule_folders() {
  const std::string rule = R"({"rules":[{"respond":{"error":402}}]})";
  return {
      "fa.json " + rule + "\nfB.JSON " + rule + "\nfa.schema.json {}\nfREADME.md about\n",
      "dx.json " + rule + "\ndsub " + rule + "\ndconnectors.json {}\n",
      "pb.json\npc.yaml\np.d.json\n",
      "lloop.json loop.json\nldangling.json nothing\nl.#a.json ann@laptop.1234\nlto.json a.json\nfa.json " +
          rule,
      "zdevice.json\nhhuge.json " + rule + "\nuclosed.json " + rule,
      "fa.yaml rules: []\nfb.jsonc {}\nfc.json5 {}\nfd.yml x\n",
      "f._a.json \x01\nf.gitkeep \nf\x1b[31m\u202E.json {\nf\x9b.json {\"rules\":[\n",
      "fconnectors.json {}\nfhalf.json {\"rules\":[{\n",
  };
}

}  // namespace vault_mock::fuzz
