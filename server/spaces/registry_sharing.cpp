// The spaces of all replicas, where they share a store.
#include <algorithm>
#include <set>

#include "spaces/registry.hpp"

namespace vault_mock::spaces {

void Registry::on_changed(std::string_view space, StoreVersion, std::span<const std::string> keys) {
  if (const auto known = find_known(space)) known->sharing()->mirror().mark(keys);
}

void Registry::on_missed() {
  for (const auto& space : all()) space->sharing()->mirror().mark_all();
}

std::vector<std::shared_ptr<Space>> Registry::stored_spaces() {
  auto stored = sharing_->store->spaces();
  if (!stored) throw StoreAwayError(stored.error());
  std::ranges::sort(*stored, std::ranges::greater(), &StoredSpace::last_used);
  std::set<std::string_view> names;
  for (const auto& space : *stored) {
    if (names.size() >= most_spaces_) break;
    names.insert(space.name);
    get(space.name);
  }
  auto known = all();
  constexpr auto kOwners = 2;  // the registry, and the list of all
  std::erase_if(known, [&](const auto& space) {
    // One that was never in the store may have something that is not written yet.
    const bool was_stored = space->sharing()->mirror().generation() != 0;
    if (space == default_ || names.contains(space->name()) || !was_stored || space.use_count() > kOwners)
      return false;
    drop(space->name());
    return true;
  });
  return known;
}

std::vector<std::string> Registry::catch_up(Space* space) {
  if (!sharing_) return {};
  auto late = default_->sharing()->flush();
  if (space != nullptr) {
    space->sharing()->catch_up();
  } else {
    for (const auto& stored : stored_spaces()) stored->sharing()->catch_up();
  }
  return late;
}

void Registry::follow(Space* space) {
  if (!sharing_ || !sharing_->store->is_there() || (space == nullptr && is_following_.test_and_set())) return;
  const auto clear = [this](Space*) { is_following_.clear(); };
  const std::unique_ptr<Space, decltype(clear)> at_end(space == nullptr ? default_.get() : nullptr, clear);
  try {
    if (space != nullptr) return space->sharing()->follow_journal();
    for (const auto& stored : stored_spaces()) stored->sharing()->follow_journal();
  } catch (const StoreAwayError&) {
    return;  // a reader hears of what it missed when the store is back
  }
}

}  // namespace vault_mock::spaces
