#include "contract/schema.hpp"

#include <algorithm>
#include <limits>
#include <mutex>
#include <stdexcept>

#include "contract/advice.hpp"
#include "contract/violation_words.hpp"
#include "text/shortened.hpp"
#include "text/work.hpp"

namespace vault_mock::contract {
namespace {

// For a value that violates a keyword which describe_violations() does not know.
std::string refusal_words(const Judgement& judgement, std::string_view root_name) {
  const auto& place = judgement.place;
  const auto what = place.empty() ? std::string(root_name)
                                  : "'" + text::shortened(place.substr(place.rfind('/') + 1)) + "' property";
  if (judgement.keyword == "oneOf") return what + " must match exactly one schema in oneOf";
  if (judgement.keyword == "anyOf") return what + " must match a schema in anyOf";
  return std::string(root_name) + " must satisfy the schema's \"" + std::string(judgement.keyword) + "\"";
}

}  // namespace

class Schema::Compiled {
 public:
  // Of others: read already.
  Compiled(nlohmann::json json, CompiledSchema read, std::vector<SchemaMistake> noted)
      : source(std::move(json)),
        pre_check(PreCheck::compile(source)),
        warnings(std::move(noted)),
        rules_(std::move(read)) {}
  // Ours: read when needed.
  explicit Compiled(nlohmann::json json)
      : source(std::move(json)),
        pre_check(PreCheck::compile(source)),
        most_work(std::numeric_limits<std::uint64_t>::max()) {}

  const nlohmann::json source;
  const std::optional<PreCheck> pre_check;
  const std::vector<SchemaMistake> warnings;
  const std::uint64_t most_work = kMostWork;

  const CompiledSchema& rules() const {
    std::call_once(compiled_, [this] {
      if (rules_) return;
      auto read = read_schema(source);
      if (!read.schema)
        throw std::logic_error("the contract has a bad schema, at " + read.mistakes.front().pointer + ": " +
                               read.mistakes.front().message);
      rules_ = std::move(read.schema);
    });
    return *rules_;
  }

 private:
  mutable std::once_flag compiled_;
  mutable std::optional<CompiledSchema> rules_;
};

tl::expected<Schema, std::vector<SchemaMistake>> Schema::compile(nlohmann::json source) {
  auto read = read_schema(source);
  if (!read.schema) return tl::unexpected(std::move(read.mistakes));
  return Schema(
      std::make_shared<const Compiled>(std::move(source), std::move(*read.schema), std::move(read.mistakes)));
}

Schema Schema::trusted(nlohmann::json source) {
  return Schema(std::make_shared<const Compiled>(std::move(source)));
}

const std::vector<SchemaMistake>& Schema::warnings() const { return compiled_->warnings; }

Screening Schema::screen(const text::FastJson& instance) const {
  return compiled_->pre_check ? compiled_->pre_check->screen(instance) : Screening::unsure;
}

Screening Schema::screen(std::string_view text) const {
  return compiled_->pre_check ? compiled_->pre_check->screen(text) : Screening::unsure;
}

Judgement Schema::judge(const nlohmann::json& instance) const {
  const auto& [rules, most_work] =
      std::pair<const CompiledSchema&, std::uint64_t>(compiled_->rules(), compiled_->most_work);
  if (most_work != kMostWork) return contract::judge(rules, instance, most_work);
  auto judgement = contract::judge(rules, instance, std::min(most_work, text::WorkBudget::left()));
  text::WorkBudget::spend(judgement.work);
  return judgement;
}

bool Schema::accepts(const nlohmann::json& instance) const {
  return judge(instance).verdict == Judgement::Verdict::accepted;
}

Violations Schema::violations(const nlohmann::json& instance, std::string_view root_name) const {
  const auto judgement = judge(instance);
  if (judgement.verdict == Judgement::Verdict::accepted) return {};
  auto violations = describe_violations(compiled_->source, instance, root_name);
  // The schema uses a keyword that describe_violations() does not know.
  if (violations.empty())
    violations.push_back({Violation::In::body, judgement.place, refusal_words(judgement, root_name), ""});
  return violations;
}

std::vector<Advice> Schema::advise(const nlohmann::json& instance) const {
  return contract::advise(compiled_->source, instance);
}

const nlohmann::json& Schema::source() const { return compiled_->source; }

}  // namespace vault_mock::contract
