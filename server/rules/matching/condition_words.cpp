// Why a condition does not hold, in words.
#include "rules/matching/condition.hpp"
#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"
#include "text/secret_header.hpp"

namespace vault_mock::rules {
namespace {

std::string masked(std::string_view text) {
  return "\"" + std::string(text::recognizable_part(text)) + "***\"";
}

std::string described(const Condition& condition);

// Words of as many of a list as make so many bytes; of the rest only how many there are. A rule may have
// thousands of alternatives, and each trace names it.
constexpr std::size_t kEnoughWords = 1'000;

template <typename List, typename Words>
std::string listed(const List& list, std::string_view separator, const Words& words) {
  std::string result;
  std::size_t named = 0;
  for (const auto& one : list) {
    if (result.size() >= kEnoughWords) break;
    result.append(named++ > 0 ? separator : "").append(words(one));
  }
  if (named < list.size())
    result.append(separator).append(std::to_string(list.size() - named)).append(" more");
  return result;
}

// The same words for rules and for verifications.
std::string comparison(const std::string& place, const std::string& wanted, const std::string& seen) {
  return place + ": expected " + wanted + ", was " + seen;
}

struct Described {
  std::string operator()(const Condition::FieldTest& test) const {
    return label(test.field) + " " +
           (is_secret(test.field) ? "as written in the condition" : test.matcher.described());
  }
  std::string operator()(const Condition::Any& any) const { return listed(any.of, " or ", described); }
  std::string operator()(const Condition::All& all) const { return listed(all.of, ", ", described); }
  std::string operator()(const Condition::Not& negation) const {
    return "not (" + described(negation.of.front()) + ")";
  }
};

std::string described(const Condition& condition) {
  const auto text = listed(condition.parts(), ", ",
                           [](const Condition::Part& part) { return std::visit(Described{}, part); });
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
  const RequestView& request;

  std::string operator()(const Condition::FieldTest& test) const {
    std::string seen, wanted;
    any_value(test.field, request, [&](const FieldValue& value) {
      if (wanted.empty()) wanted = test.matcher.wanted(value);
      seen += (seen.empty() ? "" : " and ") +
              (is_secret(test.field) && !value.missing() ? masked(*value.text()) : value.shown());
      return false;
    });
    if (const auto* subset = std::get_if<Matcher::Subset>(&test.matcher.tests().front())) {
      const auto first =
          difference(subset->value, text::follow(request.body.get(), test.field.tokens), test.field.name);
      if (first) {
        const auto place = first->pointer.empty() ? "body" : "body " + first->pointer;
        return comparison(place, shown(*first->wanted), first->seen ? shown(*first->seen) : "missing");
      }
    }
    if (is_secret(test.field)) wanted = "another";
    return comparison(label(test.field), wanted, seen);
  }
  std::string operator()(const Condition::Any& any) const {
    return "none of its alternatives holds: " + listed(any.of, "; ", [&](const Condition& condition) {
             return condition.why_not(request).value_or("");
           });
  }
  std::string operator()(const Condition::All& all) const {
    for (const auto& condition : all.of)
      if (auto reason = condition.why_not(request)) return *reason;
    return {};
  }
  std::string operator()(const Condition::Not& negation) const {
    return "the request has what the condition excludes: " + described(negation.of.front());
  }
};

}  // namespace

std::optional<std::string> Condition::why_not(const RequestView& request) const {
  for (const auto& part : parts_)
    if (!holds(part, request)) return std::visit(WhyNot{request}, part);
  return std::nullopt;
}

std::vector<std::string> Condition::differences(const RequestView& request) const {
  std::vector<std::string> reasons;
  for (const auto& part : parts_)
    if (!holds(part, request)) reasons.push_back(std::visit(WhyNot{request}, part));
  return reasons;
}

}  // namespace vault_mock::rules
