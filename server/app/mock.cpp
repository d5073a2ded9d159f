#include "app/mock.hpp"

#include <algorithm>
#include <fmt/ranges.h>
#include <optional>
#include <random>
#include <span>

#include "app/replicas.hpp"
#include "app/rule_files/catalogue_file.hpp"
#include "app/rule_files/rule_files.hpp"
#include "app/rule_files/rule_watch.hpp"
#include "site/pages/render.hpp"
#include "text/embedded.hpp"
#include "text/printable.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::app {
namespace {

spaces::Time wall_time() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

// Not OpenSSL's: setting that up takes longer than reading all the rules. Below 2^53: JSON shows it, and
// JavaScript reads no larger number exactly.
std::uint64_t random_seed() {
  std::random_device dice;
  return (std::uint64_t{dice()} << 32 | dice()) >> 11;
}

std::string without_trailing_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

spaces::SpaceDefaults space_defaults_of(const ServeOptions& options,
                                        std::shared_ptr<const rules::RuleBook> rules,
                                        std::shared_ptr<const spaces::SharingSettings> sharing) {
  spaces::SpaceDefaults defaults{.rules = std::move(rules),
                                 .secret = options.secret,
                                 .seed = options.seed ? *options.seed : random_seed(),
                                 .clock = {},
                                 .journal = {.entries = options.journal_size},
                                 .ledger = std::make_shared<spaces::Ledger>(spaces::MemoryLimits{
                                     .space = options.space_memory, .program = options.memory}),
                                 .oauth = {.confirm = options.oauth_confirm},
                                 .feed = nullptr,
                                 .sharing = std::move(sharing)};
  if (options.now) defaults.clock.freeze(*options.now);
  return defaults;
}

engine::Settings settings_of(const ServeOptions& options,
                             std::shared_ptr<const vault::Catalogue> connectors) {
  return {.api_keys = options.api_keys,
          .app_ids = options.app_ids,
          .vault_url = without_trailing_slash(options.vault_url),
          .strictness = options.strict ? engine::Strictness::strict : engine::Strictness::as_real,
          .mock_headers = !options.no_mock_headers,
          .own_connectors = std::move(connectors),
          .render_page = site::render_page};
}

site::SiteSettings site_settings_of(const ServeOptions& options) {
  return {
      .public_url = without_trailing_slash(options.public_url),
      .space_by = options.space_by,
      .admin = {.token = options.admin_token, .hosts = options.admin_hosts, .origins = options.admin_origins},
      // Replicas show one key alike.
      .mask = site::Mask(options.store.empty() ? std::to_string(random_seed()) + std::to_string(random_seed())
                                               : vault::hmac_sha256(options.secret, "mask"))};
}

// Mistakes in a log entry or a refusal to start; `vault-mock check` lists all.
constexpr std::size_t kMostTold = 20;

nlohmann::ordered_json mistakes_json(std::span<const rules::Mistake> mistakes) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& mistake : mistakes.first(std::min(mistakes.size(), kMostTold)))
    list.push_back({{"severity", mistake.severity == rules::Severity::error ? "error" : "warning"},
                    {"file", mistake.file},
                    {"line", mistake.line},
                    {"column", mistake.column},
                    {"message", rules::sentence(mistake)}});
  return list;
}

// A file that cannot be read has no line to show: one line says it all.
std::string mistake_words(std::string_view of, const std::vector<rules::Mistake>& mistakes) {
  if (mistakes.size() == 1 && mistakes.front().line == 0)
    return text::printable(mistakes.front().file + ": " + rules::sentence(mistakes.front()));
  return fmt::format("{} mistakes:\n{}", of, rules::format_first(mistakes, kMostTold));
}

std::string without_last_line_end(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

// The members are in the order of their dependencies: the later use the earlier.
class WholeMock final : public Mock {
  using Level = site::Log::Level;

 public:
  WholeMock(const ServeOptions& options, std::shared_ptr<const site::Log> log,
            std::unique_ptr<const contract::Contract> contract, RuleSources sources, LoadedRules rules,
            Stamps rule_files, std::shared_ptr<const vault::Catalogue> connectors)
      : options_(options),
        sources_(std::move(sources)),
        contract_(std::move(contract)),
        engine_(*contract_, settings_of(options, std::move(connectors))),
        store_(store_of(options, log)),
        spaces_(space_defaults_of(options, std::move(rules.book), sharing_of(options, store_.get(), engine_)),
                options.max_spaces),
        site_settings_(site_settings_of(options)),
        log_(std::move(log)),
        access_log_(log_, site_settings_.mask),
        site_(engine_, spaces_, access_log_, wall_time, site_settings_, program_facts()),
        rule_files_(std::move(rule_files)) {
    for (const auto& warning : options.warnings) log_->tell(Level::warn, "options", warning);
    tell_of(rules);
  }

  // The store's thread uses the spaces.
  ~WholeMock() override {
    watch_.reset();
    if (store_) store_->stop();
  }

  void share(const std::string& name) override {
    if (!store_) return;
    replica_name_ = name;
    store_->introduce(name, files_hash(options_, *spaces_.rules()));
    store_->start(spaces_);
  }

  std::string shared_words() const override {
    return store_ ? store_words(store_->status(), options_) : std::string();
  }

  void show_connections(std::function<std::size_t()> connections) override {
    connections_ = std::move(connections);
  }

  site::Site& site() override { return site_; }
  spaces::Registry& spaces() override { return spaces_; }

  void watch_rules() override {
    if (options_.fixtures.empty()) return;
    watch_.emplace(
        sources_, rule_files_, engine_.known_names(),
        RuleWatch::Callbacks{
            .loaded = [this](const LoadedRules& loaded) { use(loaded); },
            .failed =
                [this](const auto& mistakes) {
                  spaces_.tell_of_rules();
                  tell_of(Level::error, kNotReloaded, mistakes);
                },
            .threw =
                [this](std::string_view why) {
                  spaces_.tell_of_rules();
                  log_->tell(Level::error, kNotReloaded, why);
                },
            .catalogue_changed =
                [this] {
                  log_->tell(Level::warn, "connectors",
                             "connectors.json has changed, but is read only at the start: restart the mock "
                             "to use it");
                },
            .unsettled =
                [this] {
                  log_->tell(Level::warn, "reload", "the rule files are read although they still change");
                }});
  }

  void reload_rules() override {
    if (!watch_) return log_->tell(Level::info, "reload", "there are no rule files to read again");
    log_->tell(Level::info, "reload",
               "the rule files are read again; connectors.json, certificates and options stay as they are");
    watch_->reload();
  }

 private:
  site::ProgramFacts program_facts() {
    return {.rules_trouble = [this] { return watch_ ? watch_->trouble() : std::string(); },
            .connections = [this] { return connections_ ? connections_() : 0; },
            .log_lines_dropped = [this] { return log_->lines_dropped(); },
            .uptime =
                [started = std::chrono::steady_clock::now()] {
                  return std::chrono::steady_clock::now() - started;
                }};
  }

  void use(const LoadedRules& loaded) {
    spaces_.set_rules(loaded.book);
    if (store_) store_->introduce(replica_name_, files_hash(options_, *loaded.book));
    const auto rules = loaded.book->size();
    log_->tell_entry(Level::info, nlohmann::ordered_json{{"event", "rules reloaded"}, {"rules", rules}},
                     fmt::format("rules reloaded: {} from {} and the defaults", rules,
                                 text::printable(fmt::format("{}", fmt::join(options_.fixtures, ", ")))));
    tell_of(loaded);
  }

  void tell_of(const LoadedRules& loaded) {
    tell_of(Level::warn, "rules", loaded.warnings);
    for (const auto& note : loaded.notes) log_->tell(Level::info, "rules", note);
  }

  void tell_of(Level level, std::string_view event, const std::vector<rules::Mistake>& mistakes) {
    if (mistakes.empty()) return;
    log_->tell_entry(
        level, nlohmann::ordered_json{{"event", event}, {"mistakes", mistakes_json(mistakes)}},
        fmt::format("{}: {}", event, without_last_line_end(rules::format_first(mistakes, kMostTold))));
  }

  static constexpr std::string_view kNotReloaded = "rules not reloaded, the old ones stay";

  std::function<std::size_t()> connections_;
  const ServeOptions options_;
  const RuleSources sources_;
  const std::unique_ptr<const contract::Contract> contract_;
  const engine::Engine engine_;
  const std::unique_ptr<redis::SharedStore> store_;  // null: nothing is shared
  std::string replica_name_;
  spaces::Registry spaces_;
  const site::SiteSettings site_settings_;
  const std::shared_ptr<const site::Log> log_;
  const site::AccessLog access_log_;
  site::Site site_;
  const Stamps rule_files_;         // as they were when they were read
  std::optional<RuleWatch> watch_;  // last: its thread uses the others
};

}  // namespace

tl::expected<std::unique_ptr<Mock>, std::string> Mock::create(const ServeOptions& options,
                                                              std::shared_ptr<const site::Log> log) {
  auto contract =
      std::make_unique<const contract::Contract>(text::embedded_file("server/contract/openapi.json"));
  RuleSources sources(options.fixtures);
  auto stamps = stamps_of(sources);
  auto rules = load_rules(sources, engine::names_of_contract(*contract));
  if (!rules) return tl::unexpected(mistake_words("the rule files have", rules.error()));
  auto connectors = load_connectors(sources);
  if (!connectors)
    return tl::unexpected(mistake_words("the catalogue of connectors has", connectors.error()));
  return std::make_unique<WholeMock>(options, std::move(log), std::move(contract), std::move(sources),
                                     std::move(*rules), std::move(stamps), std::move(connectors->catalogue));
}

}  // namespace vault_mock::app
