// Asking rules written in a test about a request written in a test.
#pragma once

#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

#include "rules/decide.hpp"
#include "rules/language/rule_file.hpp"
#include "rules/why_not.hpp"
#include "text/headers.hpp"

namespace vault_mock::rules {

// A request that a RequestView can be made of.
struct Asked {
  std::string consumer_id = "bob";
  std::string app_id = "app-1";
  std::string api_key = "test-key-0123456789";
  std::string method = "POST";
  std::string path = "/vault/sessions";
  std::string query = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::optional<nlohmann::json> body = {};
};

// The condition that a `when` is read as.
inline Condition condition_of(std::string_view when) {
  return condition_from_text(when, "", "when.json", {}).value();
}

class Asking {
 public:
  // What `use` returns of the request made of it. Defined first: its return type is deduced.
  template <typename Use>
  static auto with(const Asked& asked, const Use& use) {
    const std::vector<text::HeaderView> headers(asked.headers.begin(), asked.headers.end());
    RequestView request;
    request.operation = "sessionsCreate";
    request.method = asked.method;
    request.path = asked.path;
    request.consumer_id = asked.consumer_id;
    request.app_id = asked.app_id;
    request.api_key = asked.api_key;
    request.headers = headers;
    request.query = asked.query;
    request.body = asked.body ? &*asked.body : nullptr;
    request.space = "default";
    request.now = std::chrono::sys_days(std::chrono::year(2027) / 1 / 1);
    request.request_id = "r-1";
    return use(request);
  }

  // `rules` is the inside of the list.
  explicit Asking(const std::string& rules) {
    auto fixture = read_rule_file("{\"rules\":[" + rules + "]}", "mine.json", {});
    if (!fixture) ADD_FAILURE() << format(fixture.error());
    if (fixture) book_ = RuleBook(fixture->rules);
  }

  Decision decide(const Asked& asked, Phase phase = Phase::after_validation) {
    return with(asked, [&](const RequestView& request) {
      return rules::decide(book_, state_, request, phase, dice_);
    });
  }

  bool matches(const Asked& asked) { return decide(asked).rule != nullptr; }

  RuleReasons why_not(const Asked& asked, const Decision& decision, Phase phase = Phase::after_validation,
                      std::size_t limit = 100) {
    return with(asked, [&](const RequestView& request) {
      return rules::why_not(book_, request, phase, recorded(decision, book_), limit);
    });
  }

  // Why the first rule of the phase did not decide.
  std::string first_reason(const Asked& asked) {
    const auto reasons = why_not(asked, decide(asked));
    return reasons.rules.empty() ? "" : reasons.rules.front().reason;
  }

  const RuleBook& book() const { return book_; }
  RuleState& state() { return state_; }
  double next_throw = 0.5;

 private:
  RuleBook book_;
  RuleState state_;
  const Dice dice_ = [this] { return next_throw; };
};

}  // namespace vault_mock::rules
