#include "app/terminal/banner.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "text/counted.hpp"
#include "text/printable.hpp"
#include "text/size.hpp"

namespace vault_mock::app {
namespace {

struct Palette {
  const char *bold, *dim, *accent, *off;
};

constexpr Palette kPlain{"", "", "", ""};
constexpr Palette kColored{"\033[1m", "\033[2m", "\033[36m", "\033[0m"};

}  // namespace

std::string banner(const ServeOptions& options, const Urls& urls, std::size_t rules,
                   const std::string& shared, Paint paint) {
  const auto& [bold, dim, accent, off] = paint == Paint::colored ? kColored : kPlain;
  const auto sources =
      options.fixtures.empty()
          ? std::string("the defaults")
          : text::printable(fmt::format("{} and the defaults", fmt::join(options.fixtures, ", ")));
  const auto key = options.api_keys.empty() ? "any-key" : text::printable(options.api_keys.front());
  const auto app = options.app_ids.empty() ? "any-app" : text::printable(options.app_ids.front());
  const auto https =
      urls.https.empty()
          ? ""
          : fmt::format(
                "  {}HTTPS:{}\n    {}  {}\n", dim, off, urls.https,
                options.tls.certificate_file.empty()
                    ? "for clients that trust the local certificate authority: vault-mock ca shows how"
                    : "with the certificate of " + text::printable(options.tls.certificate_file));
  const auto shared_lines = shared.empty() ? ""
                                           : fmt::format("  {}Spaces are shared through:{}\n    {}\n", dim,
                                                         off, text::printable(shared));
  return fmt::format(
      "{bold}vault-mock {version}{off} serves {accent}{url}{off} with {rules} from {sources}\n"
      "\n"
      "  {dim}A session:{off}\n"
      "    curl -X POST {url}/vault/sessions -H 'Authorization: Bearer {key}' -H 'x-apideck-app-id: {app}' "
      "-H 'x-apideck-consumer-id: test-consumer'\n"
      "  {dim}The official SDK:{off}\n"
      "    new Apideck({{ serverURL: \"{url}\", apiKey: \"{key}\", appId: \"{app}\", consumerId: "
      "\"test-consumer\", retryConfig: {{ strategy: \"none\" }} }})\n"
      "{https}"
      "  {dim}Errors on demand, by consumer id:{off}\n"
      "    error-400 error-401 error-402 error-404 error-422 error-429 error-500 error-503 flaky slow "
      "expired\n"
      "  {dim}Look inside:{off}\n"
      "    {url}/_mock/ shows what happens, and why, and makes the next error happen\n"
      "    {url}/_mock/errors  {url}/_mock/openapi.json  {url}/_mock/health\n"
      "{shared}"
      "  {dim}Kept in memory:{off}\n"
      "    up to {journal} requests and {space_memory} per space, {memory} in all; the oldest are dropped "
      "first\n"
      "\n",
      fmt::arg("bold", bold), fmt::arg("dim", dim), fmt::arg("accent", accent), fmt::arg("off", off),
      fmt::arg("version", VAULT_MOCK_VERSION), fmt::arg("url", urls.http), fmt::arg("https", https),
      fmt::arg("shared", shared_lines), fmt::arg("rules", text::counted(rules, "rule")),
      fmt::arg("sources", sources), fmt::arg("key", key), fmt::arg("app", app),
      fmt::arg("journal", options.journal_size),
      fmt::arg("space_memory", text::format_size(options.space_memory)),
      fmt::arg("memory", text::format_size(options.memory)));
}

}  // namespace vault_mock::app
