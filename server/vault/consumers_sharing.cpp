// Consumers that several replicas have: what was changed of them here, and what others have changed.
#include <algorithm>
#include <tuple>
#include <utility>

#include "vault/consumers.hpp"

namespace vault_mock::vault {

void Consumers::put(Consumer consumer) {
  auto& known = upsert(consumer.application_id, consumer.id, consumer.created);
  known.metadata = std::move(consumer.metadata);
  known.created = consumer.created;
  known.modified = consumer.modified;
  known.connections = std::move(consumer.connections);
  ++changes_of_connections_;
}

void Consumers::sort() {
  consumers_.sort([](const Consumer& one, const Consumer& other) {
    return std::tie(one.created, one.application_id, one.id) <
           std::tie(other.created, other.application_id, other.id);
  });
  transient_ = consumers_.begin();  // is looked for again
}

bool Consumers::Watched::is_changed() const {
  if (known == nullptr || !before) return known == nullptr ? before.has_value() : has_other_connections;
  return has_other_connections || known->metadata != before->metadata || known->modified != before->modified;
}

// Each consumer once, as it was before its first use. Connections are copied only when they change.
void Consumers::note_use(Consumer& consumer, bool is_new) {
  if (!watched_ || std::ranges::find(*watched_, &consumer, &Watched::known) != watched_->end()) return;
  watched_->push_back({.known = &consumer, .application_id = consumer.application_id, .id = consumer.id});
  if (is_new) return;
  watched_->back().before = {.id = consumer.id,
                             .application_id = consumer.application_id,
                             .metadata = consumer.metadata,
                             .created = consumer.created,
                             .modified = consumer.modified,
                             .connections = {},
                             .vault_requests = consumer.vault_requests};
}

// Before it happens.
void Consumers::note_change_of_connections(const Consumer& consumer) {
  ++changes_of_connections_;
  if (!watched_) return;
  const auto watched = std::ranges::find(*watched_, &consumer, &Watched::known);
  if (watched == watched_->end() || std::exchange(watched->has_other_connections, true)) return;
  if (watched->before) watched->before->connections = consumer.connections;
}

// What others changed meanwhile stays where this change did not touch it.
void Consumers::undo(Watched watched) {
  const auto known = by_name_.find({watched.application_id, watched.id});
  if (!watched.before) {
    if (known != by_name_.end()) forget(known->second);
    return;
  }
  if (!watched.has_other_connections && known != by_name_.end())
    watched.before->connections = known->second->connections;
  put(*std::move(watched.before));
}

std::vector<Consumers::Watched> Consumers::take_watched() {
  auto watched = std::move(watched_).value_or(std::vector<Watched>());
  watched_.reset();
  return watched;
}

}  // namespace vault_mock::vault
