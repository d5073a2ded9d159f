#include "site/admin/space_changes.hpp"

#include "site/admin/event_text.hpp"

namespace vault_mock::site {
namespace {

void append_changes(std::string& to, const spaces::Space& space, const spaces::ChangeCounts& before,
                    const spaces::ChangeCounts& now) {
  for (std::size_t i = 0; i < spaces::kChanges; ++i)
    if (now[i] != before[i]) append_changed(to, space.name(), to_string(static_cast<spaces::Change>(i)));
}

}  // namespace

SpaceChanges::SpaceChanges(const Spaces& spaces, Clears clears) : clears_(clears) {
  for (const auto& space : spaces)
    known_[space->name()] = {
        .space = space, .changes = space->changes(), .clears = space->journal().clears(), .round = round_};
}

void SpaceChanges::append_events(std::string& to, const Spaces& spaces) {
  ++round_;
  for (const auto& space : spaces) {
    const auto [place, is_new] = known_.try_emplace(space->name());
    auto& known = place->second;
    const bool is_another = !is_new && known.space.lock() != space;
    if (is_another) known = {};
    known.space = space;
    known.round = round_;
    const auto changes = space->changes();
    const auto clears = space->journal().clears();
    if (is_another || (clears_ == Clears::told && clears != known.clears)) append_reset(to, space->name());
    append_changes(to, *space, known.changes, changes);
    known.changes = changes;
    known.clears = clears;
  }
  for (auto at = known_.begin(); at != known_.end();) {
    if (at->second.round == round_) {
      ++at;
      continue;
    }
    append_reset(to, at->first);
    at = known_.erase(at);
  }
}

}  // namespace vault_mock::site
