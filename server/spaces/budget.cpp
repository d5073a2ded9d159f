#include "spaces/budget.hpp"

#include <algorithm>

namespace vault_mock::spaces {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

std::size_t left_of(std::size_t limit, std::size_t used) { return limit - std::min(limit, used); }

}  // namespace

// As GET /_mock/spaces shows them.
std::string_view to_string(Part part) {
  constexpr std::array<std::string_view, kParts> kNames = {"itself",      "journal",   "previous_rule_books",
                                                           "sessions",    "consumers", "counters",
                                                           "connections", "rules"};
  return kNames[static_cast<std::size_t>(part)];
}

std::string_view to_string(DropKind kind) {
  constexpr std::array<std::string_view, kDropKinds> kNames = {
      "requests", "sessions", "consumers", "counters", "spaces", "refused", "spaces_for_memory"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::size_t Ledger::room() const { return left_of(limits_.program / 2, pinned()); }

// A negative number added as an unsigned one subtracts.
void Ledger::charge(Part part, std::ptrdiff_t bytes) {
  used_.fetch_add(static_cast<std::size_t>(bytes), kRelaxed);
  if (is_pinned(part)) pinned_.fetch_add(static_cast<std::size_t>(bytes), kRelaxed);
}

void Ledger::count_dropped(DropKind kind, std::uint64_t count, bool notable) {
  dropped_[static_cast<std::size_t>(kind)].fetch_add(count, kRelaxed);
  if (notable) unreported_.fetch_or(1U << static_cast<unsigned>(kind), kRelaxed);
}

Account::Account(std::shared_ptr<Ledger> ledger)
    : ledger_(std::move(ledger)), limit_(std::min(ledger_->limits().space, ledger_->limits().program)) {}

Account::~Account() {
  for (std::size_t part = 0; part < kParts; ++part)
    ledger_->charge(static_cast<Part>(part), -static_cast<std::ptrdiff_t>(parts_[part].load(kRelaxed)));
}

std::size_t Account::share_of(Part part) const {
  switch (part) {
    case Part::itself:
    case Part::journal:
      return limit_;
    case Part::connections:
    case Part::rules:
      return limit_ / 2;  // together
    case Part::consumers:
      return limit_ / 16 * 3;
    case Part::sessions:
      return limit_ / 8;
    case Part::counters:
    case Part::previous_rule_books:
      return limit_ / 16;
  }
  return 0;
}

std::size_t Account::room() const {
  return std::min(left_of(share_of(Part::rules), used(Part::connections) + used(Part::rules)),
                  ledger_->room());
}

void Account::charge(Part part, std::ptrdiff_t bytes) {
  if (bytes == 0) return;
  parts_[static_cast<std::size_t>(part)].fetch_add(static_cast<std::size_t>(bytes), kRelaxed);
  used_.fetch_add(static_cast<std::size_t>(bytes), kRelaxed);
  ledger_->charge(part, bytes);
}

void Account::set_used(Part part, std::size_t bytes) {
  charge(part, static_cast<std::ptrdiff_t>(bytes) - static_cast<std::ptrdiff_t>(used(part)));
}

void Account::count_dropped(DropKind kind, std::uint64_t count, bool notable) {
  if (count == 0) return;
  dropped_[static_cast<std::size_t>(kind)].fetch_add(count, kRelaxed);
  ledger_->count_dropped(kind, count, notable);
}

}  // namespace vault_mock::spaces
