#include "rules/condition.hpp"

#include <algorithm>

#include "rules/pointer.hpp"
#include "rules/query.hpp"
#include "text/ascii.hpp"
#include "text/json.hpp"

namespace vault_mock::rules {
namespace {

// An empty consumer id, app id or key counts as none, as the service treats it.
Value text_value(std::string_view text) { return text.empty() ? Value() : Value(text); }

// Calls `visit` with each value that stands there (a header may stand twice), or once with a missing one,
// until it returns true. Returns whether it did.
template <typename Visit>
bool any_value(const Condition::Field& field, const Subject& subject, Visit visit) {
  switch (field.place) {
    case Condition::Place::operation:
      return visit(text_value(subject.operation));
    case Condition::Place::method:
      return visit(Value(subject.method));
    case Condition::Place::path:
      return visit(Value(subject.path));
    case Condition::Place::consumer_id:
      return visit(text_value(subject.consumer_id));
    case Condition::Place::app_id:
      return visit(text_value(subject.app_id));
    case Condition::Place::api_key:
      return visit(text_value(subject.api_key));
    case Condition::Place::body:
      return visit(Value(follow(subject.body.get(), field.tokens)));
    case Condition::Place::header: {
      bool found = false;
      for (const auto& [name, value] : subject.headers) {
        if (!text::equal_ignoring_case(name, field.name)) continue;
        found = true;
        if (visit(Value(value))) return true;
      }
      return !found && visit(Value());
    }
    case Condition::Place::query: {
      bool found = false, held = false;
      each_query_value(subject.query, field.name, [&](const std::string& value) {
        found = true;
        held = visit(Value(std::string_view(value)));
        return !held;
      });
      return held || (!found && visit(Value()));
    }
  }
  return false;
}

std::string label(const Condition::Field& field) {
  switch (field.place) {
    case Condition::Place::operation:
      return "operation";
    case Condition::Place::method:
      return "method";
    case Condition::Place::path:
      return "path";
    case Condition::Place::consumer_id:
      return "consumer_id";
    case Condition::Place::app_id:
      return "app_id";
    case Condition::Place::api_key:
      return "api_key";
    case Condition::Place::header:
      return "header " + field.name;
    case Condition::Place::query:
      return "query parameter " + field.name;
    case Condition::Place::body:
      return field.name.empty() ? "body" : "body " + field.name;
  }
  return {};
}

// Keys are credentials: a trace shows enough to tell two apart, not enough to use one.
bool secret(const Condition::Field& field) {
  if (field.place == Condition::Place::api_key) return true;
  return field.place == Condition::Place::header &&
         (field.name == "authorization" || field.name == "cookie" || field.name == "proxy-authorization");
}

std::string masked(std::string_view text) {
  if (text.size() < 12) return "'***'";
  return "'" + std::string(text.substr(0, 4)) + "***'";
}

struct Holds {
  const Subject& subject;

  bool operator()(const Condition::Field& field) const {
    return any_value(field, subject, [&](const Value& value) { return field.matcher.holds(value); });
  }
  bool operator()(const Condition::Any& any) const {
    return std::ranges::any_of(any.of, [&](const Condition& c) { return c.holds(subject); });
  }
  bool operator()(const Condition::All& all) const {
    return std::ranges::all_of(all.of, [&](const Condition& c) { return c.holds(subject); });
  }
  bool operator()(const Condition::Not& negation) const { return !negation.of.front().holds(subject); }
};

std::string described(const Condition& condition);

struct Described {
  std::string operator()(const Condition::Field& f) const {
    return label(f) + " " + (secret(f) ? "as it stands in the rule" : f.matcher.described());
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
    any_value(field, subject, [&](const Value& value) {
      if (wanted.empty()) wanted = field.matcher.wanted(value);
      seen += (seen.empty() ? "" : " and ") +
              (secret(field) && !value.missing() ? masked(*value.text()) : value.shown());
      return false;
    });
    if (const auto* subset = std::get_if<Matcher::Subset>(&field.matcher.tests().front())) {
      const auto first = difference(subset->value, follow(subject.body.get(), field.tokens), field.name);
      if (first) {
        const auto place = first->pointer.empty() ? "body" : "body " + first->pointer;
        return place + " is " + (first->seen ? shown(*first->seen) : "missing") + ", the rule wants " +
               shown(*first->wanted);
      }
    }
    if (secret(field)) wanted = "another";
    return label(field) + " is " + seen + ", the rule wants " + wanted;
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
  if (field->place == Condition::Place::body || field->place == Condition::Place::query) return 2;
  return field->place == Condition::Place::header ? 1 : 0;
}

std::optional<std::vector<std::string>> consumers_of(const Condition::Part& part) {
  if (const auto* field = std::get_if<Condition::Field>(&part)) {
    if (field->place != Condition::Place::consumer_id) return std::nullopt;
    const auto candidates = field->matcher.candidates();
    if (!candidates) return std::nullopt;
    std::vector<std::string> ids;
    for (const auto& candidate : *candidates) ids.push_back(candidate.get<std::string>());
    return ids;
  }
  if (const auto* all = std::get_if<Condition::All>(&part)) {
    for (const auto& condition : all->of)
      if (auto ids = condition.consumers()) return ids;
    return std::nullopt;
  }
  if (const auto* any = std::get_if<Condition::Any>(&part)) {
    std::vector<std::string> together;
    for (const auto& condition : any->of) {
      const auto ids = condition.consumers();
      if (!ids) return std::nullopt;
      together.insert(together.end(), ids->begin(), ids->end());
    }
    return together;
  }
  return std::nullopt;
}

}  // namespace

Condition::Condition(std::vector<Part> parts) : parts_(std::move(parts)) {
  std::ranges::stable_sort(parts_, {}, [](const Part& part) { return cost(part); });
}

bool Condition::holds(const Subject& subject) const {
  return std::ranges::all_of(parts_, [&](const Part& part) { return std::visit(Holds{subject}, part); });
}

std::optional<std::string> Condition::why_not(const Subject& subject) const {
  for (const auto& part : parts_)
    if (!std::visit(Holds{subject}, part)) return std::visit(WhyNot{subject}, part);
  return std::nullopt;
}

std::vector<std::string> Condition::differences(const Subject& subject) const {
  std::vector<std::string> reasons;
  for (const auto& part : parts_)
    if (!std::visit(Holds{subject}, part)) reasons.push_back(std::visit(WhyNot{subject}, part));
  return reasons;
}

std::optional<std::vector<std::string>> Condition::consumers() const {
  for (const auto& part : parts_) {
    if (auto ids = consumers_of(part)) {
      std::ranges::sort(*ids);
      ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
      return ids;
    }
  }
  return std::nullopt;
}

}  // namespace vault_mock::rules
