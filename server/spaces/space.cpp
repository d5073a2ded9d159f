#include "spaces/space.hpp"

#include "vault/jwt.hpp"

namespace vault_mock::spaces {

Space::Space(std::string name, Beginning beginning)
    : name_(std::move(name)),
      secret_(name_ == kDefaultSpace ? beginning.secret : vault::hmac_sha256(beginning.secret, name_)),
      seed_(beginning.seed),
      clock_(beginning.clock),
      rules_(std::move(beginning.rules)) {}

Time Space::now(Time wall) const {
  const MutexLock lock(mutex_);
  return clock_.now(wall);
}

Generator Space::next_generator() {
  const MutexLock lock(mutex_);
  // Mixed, so that neighbouring requests do not walk the same sequence one step apart.
  return Generator(Generator(seed_ + ++requests_).next());
}

rules::Decision Space::decide(const rules::RuleBook& book, const rules::Subject& subject, rules::Phase phase,
                              const rules::Dice& dice) {
  const MutexLock lock(mutex_);
  return rules::decide(book, rule_state_, subject, phase, dice);
}

std::shared_ptr<const rules::RuleBook> Space::rules() const {
  const MutexLock lock(mutex_);
  return rules_;
}

void Space::set_rules(std::shared_ptr<const rules::RuleBook> rules) {
  const MutexLock lock(mutex_);
  rules_ = std::move(rules);
}

}  // namespace vault_mock::spaces
