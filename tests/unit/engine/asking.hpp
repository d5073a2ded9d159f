// One engine with a space, a clock that stands still and dice of a known seed, for tests that ask it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contract/contract.hpp"
#include "engine/engine.hpp"
#include "spaces/space.hpp"
#include "text/embedded.hpp"
#include "text/headers.hpp"

namespace vault_mock::engine {

struct Asking {
  explicit Asking(std::string_view document = text::embedded_file("server/contract/openapi.json"),
                  Settings settings = {}, std::string space_name = "default")
      : contract(document),
        engine(contract, std::move(settings)),
        space(std::move(space_name), {.rules = std::make_shared<rules::RuleBook>(),
                                      .secret = "secret",
                                      .seed = 1,
                                      .clock = {},
                                      .journal = {}}) {}

  Outcome ask(std::string_view method, std::string_view path, std::vector<text::HeaderView> headers,
              std::string_view body = "") {
    auto generator = spaces::Generator(seed);
    return engine.answer({.method = method,
                          .path = path,
                          .query = "",
                          .headers = headers,
                          .body = body,
                          .base_url = "http://mock"},
                         space, now, [&] { return generator.next_fraction(); });
  }

  contract::Contract contract;
  Engine engine;
  spaces::Space space;
  spaces::Time now{std::chrono::seconds(1798761600)};
  std::uint64_t seed = 1;
};

inline const std::vector<text::HeaderView> kGoodHeaders = {
    {"authorization", "Bearer key"}, {"x-apideck-app-id", "app"}, {"x-apideck-consumer-id", "consumer"}};

inline std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [header, value] : response.headers)
    if (header == name) return value;
  return "";
}

}  // namespace vault_mock::engine
