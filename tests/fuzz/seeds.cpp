#include "fuzz/seeds.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "fuzz/seed_files.hpp"
#include "text/ascii.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::fuzz {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

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

Seeds seeds_of_codings() {
  return of_each_request([](const scenarios::Request& request) {
    std::string codings;
    for (const auto& [name, value] : request.headers)
      if (text::equal_ignoring_case(name, "content-encoding")) codings = value;
    return codings + "\n" + request.body;
  });
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

Seeds seeds_of_replies() {
  return {"+OK\r\n:12\r\n$3\r\nabc\r\n$-1\r\n*-1\r\n*0\r\n-ERR no\r\n",
          "*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\n\r\n\r\n",
          "*2\r\n*1\r\n*1\r\n*1\r\n:-1\r\n+a\r\n",
          "*1\r\n*3\r\n:0\r\n:16383\r\n*3\r\n$9\r\n127.0.0.1\r\n:7000\r\n$2\r\nid\r\n",
          "-MOVED 3999 127.0.0.1:6381\r\n-ASK 3999 ::1:6381\r\n-MOVED 1 :1\r\n",
          "*2147483647\r\n$2147483647\r\n",
          "HTTP/1.1 400 Bad Request\r\n\r\n"};
}

Seeds seeds_of_store_urls() {
  return {"redis://cache", "redis://:pass%40word@cache:6379/3",
          "rediss://ann:password@[::1]:7000/?ca=%2Fetc%2Fca.pem", "rediss://cache.example?verify=no",
          "redis://:pass/word@cache"};
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

}  // namespace vault_mock::fuzz
