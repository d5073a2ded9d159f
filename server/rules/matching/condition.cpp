#include "rules/matching/condition.hpp"

#include <algorithm>

#include "rules/matching/request_field.hpp"
#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"
#include "text/secret_header.hpp"

namespace vault_mock::rules {
namespace {

std::string masked(std::string_view text) {
  return "'" + std::string(text::recognizable_part(text)) + "***'";
}

struct ConditionHolds {
  const Subject& subject;
  Doubt doubt = Doubt::fails;

  bool operator()(const Condition::Field& field) const {
    return any_value(field.at, subject,
                     [&](const Value& value) { return field.matcher.holds(value, doubt); });
  }
  bool operator()(const Condition::Any& any) const {
    return std::ranges::any_of(any.of, [&](const Condition& c) { return c.holds(subject, doubt); });
  }
  bool operator()(const Condition::All& all) const {
    return std::ranges::all_of(all.of, [&](const Condition& c) { return c.holds(subject, doubt); });
  }
  bool operator()(const Condition::Not& negation) const {
    return !negation.of.front().holds(subject, !doubt);
  }
};

std::string described(const Condition& condition);

struct Described {
  std::string operator()(const Condition::Field& f) const {
    return label(f.at) + " " + (is_secret(f.at) ? "as it stands in the rule" : f.matcher.described());
  }
  std::string operator()(const Condition::Any& any) const {
    std::string text;
    for (const auto& condition : any.of) text += (text.empty() ? "" : " or ") + described(condition);
    return text;
  }
  std::string operator()(const Condition::All& all) const {
    std::string text;
    for (const auto& condition : all.of) text += (text.empty() ? "" : ", ") + described(condition);
    return text;
  }
  std::string operator()(const Condition::Not& negation) const {
    return "not (" + described(negation.of.front()) + ")";
  }
};

std::string described(const Condition& condition) {
  std::string text;
  for (const auto& part : condition.parts())
    text += (text.empty() ? "" : ", ") + std::visit(Described{}, part);
  return text.empty() ? "anything" : text;
}

// The first member in which a subset differs, as a field of its own: "body /settings/session_length".
struct Difference {
  std::string pointer;
  const nlohmann::json* wanted;
  const nlohmann::json* seen;  // null: missing
};

std::optional<Difference> difference(const nlohmann::json& wanted, const nlohmann::json* seen,
                                     const std::string& at) {
  if (seen && wanted.is_object() && seen->is_object()) {
    for (const auto& [key, member] : wanted.items()) {
      const auto found = seen->find(key);
      const auto* value = found == seen->end() ? nullptr : &*found;
      if (auto inner = difference(member, value, at + "/" + text::pointer_token(key))) return inner;
    }
    return std::nullopt;
  }
  if (seen && wanted.is_array() && seen->is_array() && wanted.size() == seen->size()) {
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (auto inner = difference(wanted[i], &(*seen)[i], at + "/" + std::to_string(i))) return inner;
    return std::nullopt;
  }
  if (seen && wanted == *seen) return std::nullopt;
  return Difference{at, &wanted, seen};
}

struct WhyNot {
  const Subject& subject;

  std::string operator()(const Condition::Field& field) const {
    std::string seen, wanted;
    any_value(field.at, subject, [&](const Value& value) {
      if (wanted.empty()) wanted = field.matcher.wanted(value);
      seen += (seen.empty() ? "" : " and ") +
              (is_secret(field.at) && !value.missing() ? masked(*value.text()) : value.shown());
      return false;
    });
    if (const auto* subset = std::get_if<Matcher::Subset>(&field.matcher.tests().front())) {
      const auto first =
          difference(subset->value, text::follow(subject.body.get(), field.at.tokens), field.at.name);
      if (first) {
        const auto place = first->pointer.empty() ? "body" : "body " + first->pointer;
        return place + " is " + (first->seen ? shown(*first->seen) : "missing") + ", the rule wants " +
               shown(*first->wanted);
      }
    }
    if (is_secret(field.at)) wanted = "another";
    return label(field.at) + " is " + seen + ", the rule wants " + wanted;
  }
  std::string operator()(const Condition::Any& any) const {
    std::string text = "none of its alternatives holds: ";
    for (const auto& condition : any.of) {
      if (&condition != &any.of.front()) text += "; ";
      text += condition.why_not(subject).value_or("");
    }
    return text;
  }
  std::string operator()(const Condition::All& all) const {
    for (const auto& condition : all.of)
      if (auto reason = condition.why_not(subject)) return *reason;
    return {};
  }
  std::string operator()(const Condition::Not& negation) const {
    return "the request has what the rule excludes: " + described(negation.of.front());
  }
};

// Cheap before dear, so that a request that differs in its consumer costs no walk through its body.
int cost(const Condition::Part& part) {
  const auto* field = std::get_if<Condition::Field>(&part);
  if (field == nullptr) return 3;
  if (field->at.place == Location::Place::body || field->at.place == Location::Place::query) return 2;
  return field->at.place == Location::Place::header ? 1 : 0;
}

}  // namespace

Condition::Condition(std::vector<Part> parts) : parts_(std::move(parts)) {
  std::ranges::stable_sort(parts_, {}, [](const Part& part) { return cost(part); });
}

bool Condition::holds(const Subject& subject, Doubt doubt) const {
  return std::ranges::all_of(parts_, [&](const Part& part) {
    return std::visit(ConditionHolds{subject, doubt}, part);
  });
}

std::optional<std::string> Condition::why_not(const Subject& subject) const {
  for (const auto& part : parts_)
    if (!std::visit(ConditionHolds{subject}, part)) return std::visit(WhyNot{subject}, part);
  return std::nullopt;
}

std::vector<std::string> Condition::differences(const Subject& subject) const {
  std::vector<std::string> reasons;
  for (const auto& part : parts_)
    if (!std::visit(ConditionHolds{subject}, part)) reasons.push_back(std::visit(WhyNot{subject}, part));
  return reasons;
}

}  // namespace vault_mock::rules
