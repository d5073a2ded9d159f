// The only file that includes valijson: it is heavy to compile.
#include "contract/schema.hpp"

#include <mutex>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "contract/advice.hpp"
#include "contract/explainer.hpp"

namespace vault_mock::contract {
namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

// One a thread: a validator keeps the regular expressions that it has compiled, and is not safe to share.
valijson::Validator& validator() {
  thread_local valijson::Validator instance;
  return instance;
}

// "<root>[a][0]" as valijson writes it -> "/a/0".
std::string pointer_of(const std::vector<std::string>& context) {
  std::string pointer;
  for (const auto& part : context)
    if (part.size() > 2 && part.front() == '[') pointer += "/" + part.substr(1, part.size() - 2);
  return pointer;
}

}  // namespace

class Schema::Compiled {
 public:
  explicit Compiled(nlohmann::json json) : source(std::move(json)), glance(Glance::at(source)) {}

  const nlohmann::json source;
  const std::optional<Glance> glance;

  // Throws what valijson has to say of a source that is no schema.
  const valijson::Schema& rules() const {
    std::call_once(compiled_, [this] {
      auto rules = std::make_unique<valijson::Schema>();
      valijson::SchemaParser().populateSchema(Adapter(source), *rules);
      rules_ = std::move(rules);
    });
    return *rules_;
  }

 private:
  mutable std::once_flag compiled_;
  mutable std::unique_ptr<const valijson::Schema> rules_;
};

tl::expected<Schema, std::string> Schema::compile(nlohmann::json source) {
  auto schema = trusted(std::move(source));
  try {
    schema.compiled_->rules();
  } catch (const std::exception& refused) {
    return tl::unexpected(std::string(refused.what()));
  }
  return schema;
}

Schema Schema::trusted(nlohmann::json source) {
  return Schema(std::make_shared<const Compiled>(std::move(source)));
}

Impression Schema::glance(const text::FlatJson& instance) const {
  return compiled_->glance ? compiled_->glance->of(instance) : Impression::look_closer;
}

Impression Schema::glance(std::string_view text) const {
  return compiled_->glance ? compiled_->glance->of(text) : Impression::look_closer;
}

bool Schema::accepts(const nlohmann::json& instance) const {
  return validator().validate(compiled_->rules(), Adapter(instance), nullptr);
}

Violations Schema::explain(const nlohmann::json& instance, std::string_view subject) const {
  if (accepts(instance)) return {};
  auto violations = contract::explain(compiled_->source, instance, subject);
  if (!violations.empty()) return violations;

  // The schema uses a keyword that the explainer does not know: fall back on valijson's words.
  valijson::ValidationResults results;
  validator().validate(compiled_->rules(), Adapter(instance), &results);
  for (valijson::ValidationResults::Error error;
       violations.size() < kMostViolations && results.popError(error);)
    violations.push_back({Violation::In::body, pointer_of(error.context), error.description, ""});
  return violations;
}

std::vector<Advice> Schema::advise(const nlohmann::json& instance) const {
  return contract::advise(compiled_->source, instance);
}

const nlohmann::json& Schema::source() const { return compiled_->source; }

}  // namespace vault_mock::contract
