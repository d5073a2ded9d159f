#include "vault/consumers.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "text/json/fast_json.hpp"
#include "text/json/json_document.hpp"
#include "text/json/json_object.hpp"

namespace vault_mock::vault {
namespace {

static_assert(kMostMetadata <= text::FastJson::kLongest);  // so that it can be read flat

bool have_same_keys(const text::FastValue& one, const text::FastValue& other) {
  const auto members = text::children_of(one), others = text::children_of(other);
  return std::equal(members.begin(), members.end(), others.begin(), others.end(),
                    [](const auto& a, const auto& b) { return a.key == b.key; });
}

// The members of both objects, as text; where both have one of a name, that of `added`. An app posts the same
// members again and again, mostly: then what was there before is not looked at further.
std::string merged(std::string_view known, std::string_view added, const text::FastValue* added_members) {
  text::FastJson known_json, added_json;
  if (!known_json.read(known) || (added_members == nullptr && !added_json.read(added)))
    throw std::invalid_argument("metadata must be JSON text that FastJson reads");
  const auto& before = known_json.values().front();
  const auto& additions = added_members != nullptr ? *added_members : added_json.values().front();
  if (have_same_keys(before, additions)) return std::string(added);

  std::vector<std::string_view> replaced;
  for (const auto& member : text::children_of(additions)) replaced.push_back(member.key);
  std::ranges::sort(replaced);
  std::string result;
  text::ObjectWriter writer(result);
  for (const auto& member : text::children_of(before))
    if (!std::ranges::binary_search(replaced, member.key)) writer.json(member.key, text::dump(member));
  for (const auto& member : text::children_of(additions)) writer.json(member.key, text::dump(member));
  writer.end();
  return result;
}

}  // namespace

const Connection* Consumer::find(const Connector& connector) const {
  const auto found = connections.find(connector.id);
  return found == connections.end() ? nullptr : &found->second;
}

Connection Consumer::copy_or_new(const Connector& connector, Millis now) const {
  if (const auto* known = find(connector)) return *known;
  Connection connection;
  connection.created_at = connection.updated_at = now;
  return connection;
}

bool Consumer::merge_metadata(std::string_view object, const text::FastValue* members) {
  if (object == metadata || object == kNoMetadata) return true;
  if (object.size() > kMostMetadata) return false;
  if (metadata == kNoMetadata) {
    metadata = object;
    return true;
  }
  auto text = merged(metadata, object, members);
  if (text.size() > kMostMetadata) return false;
  metadata = std::move(text);
  return true;
}

void Consumer::count_request(Millis now) {
  constexpr std::size_t kMostDays = 1'000;
  ++vault_requests[std::chrono::floor<std::chrono::days>(now)];
  if (vault_requests.size() > kMostDays) vault_requests.erase(vault_requests.begin());
}

Consumer* Consumers::find(std::string_view application_id, std::string_view id) {
  const auto found = by_name_.find({application_id, id});
  if (found == by_name_.end()) return nullptr;
  note_use(*found->second, /*is_new=*/false);
  touch(*found->second);
  return &*found->second;
}

Consumer& Consumers::upsert(std::string_view application_id, std::string_view id, Millis now) {
  if (auto* known = find(application_id, id)) return *known;
  if (consumers_.size() >= kMost) return rename_oldest(application_id, id, now);
  consumers_.push_back({.id = std::string(id),
                        .application_id = std::string(application_id),
                        .created = now,
                        .modified = now,
                        .connections = {}});
  const auto place = std::prev(consumers_.end());
  by_name_.emplace(name_of(*place), place);
  if (transient_ == consumers_.end()) transient_ = place;
  note_use(*place, /*is_new=*/true);
  touch(*place);
  return *place;
}

// A stream of new consumers asks for no memory, which is done under the lock of the space.
Consumer& Consumers::rename_oldest(std::string_view application_id, std::string_view id, Millis now) {
  auto oldest = oldest_transient();
  if (oldest == consumers_.end()) oldest = consumers_.begin();
  ++forgotten_;
  if (!oldest->connections.empty()) ++forgotten_with_connections_, ++changes_of_connections_;
  discount(*oldest);
  if (transient_ == oldest) ++transient_;
  if (watched_) std::erase_if(*watched_, [&](const Watched& one) { return one.known == &*oldest; });
  auto entry = by_name_.extract(name_of(*oldest));
  consumers_.splice(consumers_.end(), consumers_, oldest);
  if (transient_ == consumers_.end()) transient_ = oldest;
  auto& consumer = *oldest;
  consumer.id = id;
  consumer.application_id = application_id;
  consumer.metadata = kNoMetadata;
  consumer.created = consumer.modified = now;
  consumer.connections.clear();
  consumer.vault_requests.clear();
  consumer.bytes = 0;
  entry.key() = name_of(consumer);
  by_name_.insert(std::move(entry));
  note_use(consumer, /*is_new=*/true);
  touch(consumer);
  return consumer;
}

Consumers::Place Consumers::oldest_transient() {
  while (transient_ != consumers_.end() && !transient_->connections.empty()) ++transient_;
  return transient_;
}

bool Consumers::erase(std::string_view application_id, std::string_view id) {
  const auto found = by_name_.find({application_id, id});
  if (found == by_name_.end()) return false;
  note_use(*found->second, /*is_new=*/false);
  note_change_of_connections(*found->second);
  if (watched_) std::ranges::find(*watched_, &*found->second, &Watched::known)->known = nullptr;
  forget(found->second);
  return true;
}

void Consumers::forget(Place consumer) {
  if (!consumer->connections.empty()) ++changes_of_connections_;
  discount(*consumer);
  std::erase(touched_, &*consumer);
  if (transient_ == consumer) ++transient_;
  by_name_.erase(name_of(*consumer));
  consumers_.erase(consumer);
}

void Consumers::clear() {
  ++changes_of_connections_;
  by_name_.clear();
  touched_.clear();
  consumers_.clear();
  transient_ = consumers_.end();
  transient_bytes_ = pinned_bytes_ = 0;
}

const Connection* Consumers::keep(Consumer& consumer, const Connector& connector, Connection changed) {
  changed.bytes = bytes_of(changed);
  const auto known = consumer.connections.find(connector.id);
  // With its first connection the whole consumer becomes one that is held.
  const auto before = known != consumer.connections.end() ? known->second.bytes : 0;
  const auto added = changed.bytes + (consumer.is_pinned ? 0 : consumer.bytes);
  if (added > before && added - before > room_) {
    ++refused_;
    return nullptr;
  }
  room_ -= added > before ? added - before : 0;
  touch(consumer);
  note_change_of_connections(consumer);
  return &(consumer.connections[connector.id] = std::move(changed));
}

bool Consumers::drop(Consumer& consumer, const Connector& connector) {
  if (!consumer.connections.contains(connector.id)) return false;
  touch(consumer);
  note_change_of_connections(consumer);
  consumer.connections.erase(connector.id);
  return true;
}

bool Consumers::merge_metadata(Consumer& consumer, std::string_view object, const text::FastValue* members) {
  const bool done =
      (!consumer.is_pinned || object.size() <= room_) && consumer.merge_metadata(object, members);
  if (!done) ++refused_;
  return done;
}

void Consumers::touch(Consumer& consumer) {
  if (touched_.empty() || touched_.back() != &consumer) touched_.push_back(&consumer);
}

void Consumers::discount(const Consumer& consumer) {
  (consumer.is_pinned ? pinned_bytes_ : transient_bytes_) -= consumer.bytes;
}

std::size_t Consumers::measure(std::size_t most_bytes) {
  constexpr std::size_t kNodes = 96;  // of the list and of the index
  constexpr std::size_t kNode = 64;   // of a map
  for (auto* consumer : touched_) {
    discount(*consumer);
    if (consumer->is_pinned && consumer->connections.empty()) transient_ = consumers_.begin();  // look again
    consumer->is_pinned = !consumer->connections.empty();
    consumer->bytes = sizeof *consumer + kNodes + consumer->id.size() + consumer->application_id.size() +
                      consumer->metadata.size() + kNode * consumer->vault_requests.size();
    for (const auto& [id, connection] : consumer->connections)
      consumer->bytes += kNode + sizeof id + connection.bytes;
    (consumer->is_pinned ? pinned_bytes_ : transient_bytes_) += consumer->bytes;
  }
  touched_.clear();
  evict_transient_above(most_bytes, Last::stays);
  return std::exchange(forgotten_, 0);
}

std::size_t Consumers::evict_transient() {
  const auto before = measure(SIZE_MAX);
  evict_transient_above(0, Last::goes);
  return before + std::exchange(forgotten_, 0);
}

void Consumers::evict_transient_above(std::size_t most_bytes, Last last) {
  while (transient_bytes_ > most_bytes) {
    const auto oldest = oldest_transient();
    if (oldest == consumers_.end() || (last == Last::stays && oldest->bytes == transient_bytes_)) break;
    forget(oldest);
    ++forgotten_;
  }
}

std::uint64_t count_requests(const Consumer& consumer, Millis from, Millis to) {
  using std::chrono::days;
  std::uint64_t count = 0;
  for (const auto& [day, requests] : consumer.vault_requests)
    if (day >= std::chrono::floor<days>(from) && day <= to) count += requests;
  return count;
}

}  // namespace vault_mock::vault
