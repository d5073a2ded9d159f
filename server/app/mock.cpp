#include "app/mock.hpp"

#include <openssl/rand.h>

#include "app/logging.hpp"
#include "app/rule_files.hpp"
#include "text/embedded.hpp"

namespace vault_mock::app {
namespace {

spaces::Time wall_time() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::uint64_t random_seed() {
  std::uint64_t seed = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&seed), sizeof seed);
  return seed;
}

std::string without_trailing_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

spaces::Beginning beginning_of(const ServeOptions& options, std::shared_ptr<const rules::RuleBook> rules) {
  spaces::Beginning beginning{.rules = std::move(rules),
                              .secret = options.secret,
                              .seed = options.seed ? *options.seed : random_seed(),
                              .clock = {},
                              .journal = {.entries = options.journal_size}};
  if (options.now) beginning.clock.freeze(*options.now);
  return beginning;
}

engine::Settings settings_of(const ServeOptions& options,
                             std::shared_ptr<const vault::Catalogue> connectors) {
  return {.api_keys = options.api_keys,
          .app_ids = options.app_ids,
          .vault_url = without_trailing_slash(options.vault_url),
          .strictness = options.strict ? engine::Strictness::strict : engine::Strictness::as_real,
          .connectors = std::move(connectors)};
}

http::SiteSettings site_settings_of(const ServeOptions& options) {
  return {.public_url = without_trailing_slash(options.public_url),
          .space_by = options.space_by == "app-id"    ? http::SpaceBy::app_id
                      : options.space_by == "api-key" ? http::SpaceBy::api_key
                                                      : http::SpaceBy::nothing,
          .admin = {.token = options.admin_token, .hosts = options.admin_hosts},
          .mask_key = std::to_string(random_seed()) + std::to_string(random_seed())};
}

http::AccessLog::Format log_format_of(const ServeOptions& options) {
  return options.log_format == LogFormat::json ? http::AccessLog::Format::json
                                               : http::AccessLog::Format::text;
}

// Everything in the order in which the later needs the earlier.
class WholeMock final : public Mock {
 public:
  WholeMock(const ServeOptions& options, std::unique_ptr<const contract::Contract> contract,
            std::shared_ptr<const rules::RuleBook> rules, std::shared_ptr<const vault::Catalogue> connectors)
      : contract_(std::move(contract)),
        engine_(*contract_, settings_of(options, std::move(connectors))),
        spaces_(beginning_of(options, std::move(rules)), options.max_spaces),
        site_settings_(site_settings_of(options)),
        log_(make_logger(options), log_format_of(options), site_settings_.mask_key),
        site_(engine_, spaces_, log_, wall_time, site_settings_, [] { return std::string(); }) {}

  http::Site& site() override { return site_; }
  spaces::Registry& spaces() override { return spaces_; }

 private:
  const std::unique_ptr<const contract::Contract> contract_;
  const engine::Engine engine_;
  spaces::Registry spaces_;
  const http::SiteSettings site_settings_;
  http::AccessLog log_;
  http::Site site_;
};

}  // namespace

tl::expected<std::unique_ptr<Mock>, std::string> Mock::create(const ServeOptions& options) {
  auto contract = std::make_unique<const contract::Contract>(embedded::file("server/contract/openapi.json"));
  auto rules = load_rules(options.fixtures, engine::vocabulary_of(*contract));
  if (!rules) return tl::unexpected(rules.error());
  auto connectors = load_connectors(options.fixtures);
  if (!connectors) return tl::unexpected(connectors.error());
  return std::make_unique<WholeMock>(options, std::move(contract), std::move(*rules), std::move(*connectors));
}

}  // namespace vault_mock::app
