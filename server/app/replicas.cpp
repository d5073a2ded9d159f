#include "app/replicas.hpp"

#include <fmt/format.h>
#include <stdexcept>

#include "engine/explanation.hpp"
#include "text/counted.hpp"
#include "text/hex.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::app {

std::unique_ptr<redis::SharedStore> store_of(const ServeOptions& options,
                                             const std::shared_ptr<const site::Log>& log) {
  if (options.store.empty()) return nullptr;
  const auto url = redis::read_url(options.store);
  if (!url) throw std::invalid_argument("--store: " + url.error());
  redis::SharedStore::Options store;
  store.bounds.journal = options.journal_size;
  return std::make_unique<redis::SharedStore>(*url, std::move(store), [log](bool is_trouble, auto text) {
    log->tell(is_trouble ? site::Log::Level::warn : site::Log::Level::info, "store", text);
  });
}

std::shared_ptr<const spaces::SharingSettings> sharing_of(const ServeOptions& options, spaces::Store* store,
                                                          const engine::Engine& engine) {
  if (store == nullptr) return nullptr;
  return std::make_shared<const spaces::SharingSettings>(spaces::SharingSettings{
      .store = store,
      .without_store = options.refuses_without_store ? spaces::WithoutStore::refuses
                                                     : spaces::WithoutStore::counts_locally,
      .names = &engine.known_names(),
      .read_explanation = engine::read_explanation});
}

std::string files_hash(const ServeOptions& options, const rules::RuleBook& rules) {
  auto facts = fmt::format("{} {} {} {}", rules.fingerprint(), options.strict, options.no_mock_headers,
                           options.oauth_confirm);
  for (const auto* list : {&options.api_keys, &options.app_ids})
    for (const auto& word : *list) facts += " " + word;
  std::string hash;
  for (const char byte : vault::hmac_sha256(options.secret, facts).substr(0, 4))
    hash += text::hex(static_cast<unsigned char>(byte), 2);
  return hash;
}

std::string store_words(const spaces::StoreStatus& status, const ServeOptions& options) {
  const auto url = redis::read_url(options.store);
  const auto place = url ? url->in_words() : std::string("the store");
  if (status.is_away) return place + ", which is away: " + status.why;
  return place + ", with " + text::counted(status.replicas.size(), "live replica");
}

}  // namespace vault_mock::app
