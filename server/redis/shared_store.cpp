#include "redis/shared_store.hpp"

#include <algorithm>
#include <array>
#include <openssl/rand.h>
#include <stdexcept>

#include "redis/message.hpp"
#include "redis/space_keys.hpp"
#include "redis/store_words.hpp"
#include "text/hex.hpp"

namespace vault_mock::redis {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::chrono::hours kKept{24};  // a space after its last use (scripts/common.lua)

std::string random_id() {
  std::array<unsigned char, 8> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("OpenSSL has no randomness");
  return text::hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

std::int64_t wall_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

template <typename T>
spaces::StoreReply<T> or_away(std::optional<T> read) {
  if (read) return std::move(*read);
  return tl::unexpected(spaces::StoreAway{"the store has something else where the mock keeps its state"});
}

std::string subject_of(std::string_view space, spaces::StoreVersion version) {
  return std::to_string(version).append(1, ' ').append(space);
}

}  // namespace

SharedStore::Parts::Parts(SharedStore& store, Client& client)
    : runner(client, store.id_, store.options_.call),
      writer(client, runner, store.options_.bounds, store.tell_,
             [&store](const std::string& space) { store.use(space); }),
      heartbeat(client, runner, store.replicas_, store.barrier_, store.options_.heartbeat,
                {.joined = [&store] { store.joined(); },
                 .emptied = [&store] { store.emptied(); },
                 .beaten = [&store](std::string_view refusal) { store.beaten(refusal); }}) {}

SharedStore::SharedStore(Url url, Options options, Tell tell)
    : url_(std::move(url)),
      options_(std::move(options)),
      tell_(std::move(tell)),
      id_(random_id()),
      replicas_({.id = id_, .name = options_.name, .files = options_.files}, options_.heartbeat.gone, tell_) {
}

SharedStore::~SharedStore() { stop(); }

void SharedStore::stop() {
  if (is_there()) take_leave();
  owned_client_.reset();  // its thread uses client_ to the end
  client_ = nullptr;
}

void SharedStore::take_leave() {
  const auto number = barrier_.open();
  barrier_.expect(number, {id_});
  parts_->writer.when_written(parts_->writer.last(), [this, number] { barrier_.heard(number, id_); });
  client_->post([this] { parts_->writer.write(); });
  barrier_.wait(number, {}, SteadyClock::now() + options_.flush);
  client_->post([this] { parts_->heartbeat.lost(); });  // no beat comes behind what follows
  client_->call(kReplicasKey, {"HDEL", kReplicasKey, id_});
  client_->call("", {"PUBLISH", kChangedChannel, write_message({"goodbye", id_})});
}

void SharedStore::start(spaces::StoreListener& listener) {
  listener_ = &listener;
  Listeners listeners;
  listeners.heard = [this](std::string_view, std::string_view message) { heard(message); };
  listeners.connected = [this] { connected(); };
  listeners.lost = [this](std::string_view why) { lost(why); };
  listeners.ticked = [this] { ticked(); };
  owned_client_ = std::make_unique<Client>(url_, std::vector<std::string>{kChangedChannel, channel_to(id_)},
                                           std::move(listeners), options_.timing);
  client_ = owned_client_.get();
  parts_ = std::make_unique<Parts>(*this, *client_);
  is_complete_.count_down();
  std::unique_lock lock(mutex_);
  is_tried_.wait_for(lock, options_.timing.connect + options_.timing.reply + options_.heartbeat.join,
                     [&] { return was_tried_; });
}

spaces::StoreAway SharedStore::away() const {
  const std::lock_guard lock(mutex_);
  return {url_.in_words() + ": " + why_};
}

spaces::StoreReply<Reply> SharedStore::publish(std::string message) {
  return parts_->runner.command("", {"PUBLISH", kChangedChannel, std::move(message)});
}

void SharedStore::use(const std::string& space) {
  if (!used_.use(space, SteadyClock::now())) return;
  client_->send(kSpacesKey, {"ZADD", kSpacesKey, "GT", std::to_string(wall_ms()), space},
                [](const Result&) {});
}

spaces::StoreReply<std::optional<spaces::StoreVersion>> SharedStore::run_change(
    const Script& script, std::string_view space, const std::vector<std::string>& words) {
  if (!is_there()) return tl::unexpected(away());
  const auto number = barrier_.open();
  own_changes_.begin(number);
  std::vector<std::string> arguments{std::string(space), id_, std::to_string(number)};
  arguments.insert(arguments.end(), words.begin(), words.end());
  auto reply = parts_->runner.change(script, space_keys(space), arguments);
  auto changed = reply ? or_away(read_version(*reply)) : tl::unexpected(reply.error());
  const bool is_heard = own_changes_.end(number, changed.has_value());
  if (changed && *changed > 0) {
    barrier_.expect(number, replicas_.others(), subject_of(space, *changed));
    return *changed;
  }
  barrier_.close(number);
  if (changed) return std::nullopt;
  if (is_heard) listener_->on_changed(space, 0, {});  // it was done, but how is not known
  return tl::unexpected(changed.error());
}

spaces::StoreReply<spaces::StoreChanged> SharedStore::change(std::string_view space,
                                                             const spaces::StoreChange& change) {
  if (is_there()) use(std::string(space));
  const auto version = run_change(scripts_.change, space, words_of(change));
  if (!version) return tl::unexpected(version.error());
  return spaces::StoreChanged{.is_conflict = !*version, .version = version->value_or(0)};
}

spaces::StoreReply<spaces::StoreVersion> SharedStore::remove(std::string_view space) {
  if (!is_there()) return tl::unexpected(away());
  // Before it is removed: who uses it from then on lists it again. A space that is listed, but not there,
  // does no harm, so it does not matter whether this can be done.
  used_.forget(space);
  (void)parts_->runner.command(kSpacesKey, {"ZREM", kSpacesKey, std::string(space)});
  const auto version = run_change(scripts_.remove, space, {});
  used_.forget(space);
  if (!version) return tl::unexpected(version.error());
  return version->value_or(0);
}

std::vector<std::string> SharedStore::settle(std::string_view space, spaces::StoreVersion version) {
  const auto subject = subject_of(space, version);
  auto number = barrier_.find(subject);
  if (!number) {  // long ago, or by another replica: asks again
    number = barrier_.open();
    const auto published =
        publish(write_message({"changed", id_, std::to_string(*number), space, std::to_string(version)}));
    barrier_.expect(*number, replicas_.others(), subject);
    if (!published) return replicas_.set_late(replicas_.others());
  }
  const auto missing = barrier_.wait(*number, replicas_.late(), SteadyClock::now() + options_.settle);
  return replicas_.set_late(missing);
}

spaces::StoreReply<spaces::StoreSnapshot> SharedStore::load(std::string_view space,
                                                            std::span<const std::string> keys) {
  if (!is_there()) return tl::unexpected(away());
  const auto reply = parts_->runner.read(scripts_.load, space_keys(space), {keys.begin(), keys.end()});
  if (!reply) return tl::unexpected(reply.error());
  return or_away(read_snapshot(*reply, keys));
}

spaces::StoreReply<spaces::TakeResult> SharedStore::take(
    std::string_view space, const std::vector<spaces::TakeCandidate>& candidates) {
  if (!is_there()) return tl::unexpected(away());
  const auto reply = parts_->runner.change(scripts_.take, space_keys(space), words_of(candidates));
  if (!reply) return tl::unexpected(reply.error());
  return or_away(read_take(*reply));
}

void SharedStore::append(std::string_view space, std::vector<spaces::StoreEntry> entries) {
  parts_->writer.append(space, std::move(entries));
}

spaces::StoreReply<std::vector<std::string>> SharedStore::flush() {
  if (!is_there()) return tl::unexpected(away());
  const auto number = barrier_.open();
  parts_->writer.when_written(parts_->writer.last(), [this, number] { barrier_.heard(number, id_); });
  client_->post([this] { parts_->writer.write(); });
  Barrier::Ids expected{id_};
  if (!replicas_.others().empty()) {
    const auto published = publish(write_message({"flush", id_, std::to_string(number)}));
    if (!published) return tl::unexpected(published.error());
    for (auto& other : replicas_.others()) expected.push_back(std::move(other));
  }
  barrier_.expect(number, std::move(expected));
  const auto missing = barrier_.wait(number, replicas_.late(), SteadyClock::now() + options_.flush);
  barrier_.close(number);
  if (std::ranges::find(missing, id_) != missing.end())
    return tl::unexpected(spaces::StoreAway{std::to_string(parts_->writer.counts().entries) +
                                            " entries of requests are not yet written"});
  return replicas_.set_late(missing);
}

spaces::StoreReply<spaces::StoreJournal> SharedStore::journal(std::string_view space, std::uint64_t after,
                                                              std::size_t most) {
  if (!is_there()) return tl::unexpected(away());
  const auto reply =
      parts_->runner.read(scripts_.journal, space_keys(space), {std::to_string(after), std::to_string(most)});
  if (!reply) return tl::unexpected(reply.error());
  return or_away(read_journal(*reply));
}

spaces::StoreReply<std::vector<std::string>> SharedStore::sessions(std::string_view space) {
  if (!is_there()) return tl::unexpected(away());
  const auto key = space_key(space, SpacePart::sessions);
  const auto reply = parts_->runner.command(key, {"XRANGE", key, "-", "+"});
  if (!reply) return tl::unexpected(reply.error());
  return or_away(read_stream(*reply));
}

spaces::StoreReply<Pairs> SharedStore::pairs(std::string_view space, SpacePart part) {
  if (!is_there()) return tl::unexpected(away());
  const auto key = space_key(space, part);
  const auto reply = parts_->runner.command(key, {"HGETALL", key});
  if (!reply) return tl::unexpected(reply.error());
  return or_away(read_pairs(*reply));
}

spaces::StoreReply<Pairs> SharedStore::counts(std::string_view space) {
  return pairs(space, SpacePart::counts);
}

spaces::StoreReply<Pairs> SharedStore::consumer_counts(std::string_view space) {
  return pairs(space, SpacePart::requests);
}

spaces::StoreReply<std::vector<spaces::StoredSpace>> SharedStore::spaces() {
  if (!is_there()) return tl::unexpected(away());
  const auto oldest = wall_ms() - std::chrono::milliseconds(kKept).count();
  const auto forgotten =
      parts_->runner.command(kSpacesKey, {"ZREMRANGEBYSCORE", kSpacesKey, "-inf", std::to_string(oldest)});
  if (!forgotten) return tl::unexpected(forgotten.error());
  const auto reply = parts_->runner.command(kSpacesKey, {"ZRANGE", kSpacesKey, "0", "-1", "WITHSCORES"});
  if (!reply) return tl::unexpected(reply.error());
  return or_away(read_spaces(*reply));
}

}  // namespace vault_mock::redis
