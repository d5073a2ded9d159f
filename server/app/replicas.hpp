// What a mock needs to be one of several replicas that share their spaces (--store).
#pragma once

#include <memory>
#include <string>

#include "app/serve_options.hpp"
#include "engine/engine.hpp"
#include "redis/shared_store.hpp"
#include "rules/rule_book.hpp"
#include "spaces/sharing.hpp"

namespace vault_mock::app {

// Not started. Null: nothing is shared. Throws std::invalid_argument: the URL is none.
std::unique_ptr<redis::SharedStore> store_of(const ServeOptions& options,
                                             const std::shared_ptr<const site::Log>& log);

// `store` null: null. Both must outlive it.
std::shared_ptr<const spaces::SharingSettings> sharing_of(const ServeOptions& options, spaces::Store* store,
                                                          const engine::Engine& engine);

// Equal in replicas that answer alike: of their rule files, the secret, and the options that decide answers.
std::string files_hash(const ServeOptions& options, const rules::RuleBook& rules);

// "redis://cache:6379, with 3 live replicas", or why it is away.
std::string store_words(const spaces::StoreStatus& status, const ServeOptions& options);

}  // namespace vault_mock::app
