// Verification, for tests: did requests come as they expect? Its parts are in verify_times.cpp,
// verify_order.cpp and verify_rules.cpp.
#include "site/admin/verify.hpp"

#include <algorithm>
#include <span>

#include "site/admin/resources.hpp"

namespace vault_mock::site {

net::Answer refuse_condition(const std::vector<rules::Mistake>& mistakes) {
  return admin_error(400, rules::sentence(mistakes.front()),
                     {{"text", rules::format(mistakes)}});
}

// Several parts must all pass. Without any, the question is whether there was a request at all.
net::Answer verify(const AdminCall& call) {
  std::vector<Verification> parts;
  const auto ask = [&](const auto& part) -> std::optional<net::Answer> {
    auto verification = part(call);
    if (!verification) return std::move(verification.error());
    parts.push_back(std::move(*verification));
    return std::nullopt;
  };
  const bool asks_order = call.body.contains("order");
  const bool asks_rules = call.body.contains("every_rule_used");
  const bool asks_times =
      call.body.contains("when") || call.body.contains("times") || call.body.contains("status");
  if (asks_times || (!asks_order && !asks_rules))
    if (auto refused = ask(verify_times)) return std::move(*refused);
  if (asks_order)
    if (auto refused = ask(verify_order)) return std::move(*refused);
  if (asks_rules)
    if (auto refused = ask(verify_rules)) return std::move(*refused);

  auto& whole = parts.front();
  for (auto& verification : std::span(parts).subspan(1)) {
    whole.pass = whole.pass && verification.pass;
    whole.conclusive = whole.conclusive && verification.conclusive;
    whole.undecided = std::max(whole.undecided, verification.undecided);
    whole.message += "\n" + verification.message;
    for (auto& one : verification.nearest) whole.nearest.push_back(std::move(one));
  }
  return admin_json(200, {{"pass", whole.pass},
                          {"count", whole.count},
                          {"dropped", whole.dropped},
                          {"undecided", whole.undecided},
                          {"conclusive", whole.conclusive},
                          {"message", whole.message},
                          {"nearest", whole.nearest}});
}

}  // namespace vault_mock::site
