#include "contract/schema/schema_judge.hpp"

#include <algorithm>
#include <compare>
#include <unordered_set>
#include <vector>

#include "contract/schema/schema_values.hpp"
#include "text/json/json_document.hpp"
#include "text/json/json_number.hpp"
#include "text/json/pointer.hpp"
#include "text/utf8.hpp"

namespace vault_mock::contract {
namespace {

using check::Id;
using nlohmann::json;

constexpr std::uint64_t kOfPart = 50, kOfElement = 50, kOfSearch = 4;  // work, measured
constexpr std::size_t kDeepest = 500;

class Judge {
 public:
  Judge(const CompiledSchema& schema, std::uint64_t most_work)
      : schema_(schema), most_work_(most_work), work_left_(most_work) {}

  Judgement judge(const json& value) {
    const bool accepted = holds(0, value);
    const auto work = most_work_ - work_left_;
    if (exhausted_) return {Judgement::Verdict::undecided, "", "", work};
    if (accepted) return {Judgement::Verdict::accepted, "", "", work};
    return {Judgement::Verdict::refused, refused_at_, refused_by_, work};
  }

 private:
  // False when there is no more work to spend: then nothing counts, whatever it says.
  bool spend(std::uint64_t work) {
    if (exhausted_ || work > work_left_) {
      exhausted_ = true;
      return false;
    }
    work_left_ -= work;
    return true;
  }

  bool holds(Id id, const json& value) {
    if (depth_ >= kDeepest) exhausted_ = true;
    if (!spend(kOfPart)) return false;
    ++depth_;
    const bool all = std::ranges::all_of(schema_.parts[id], [&](const KeywordCheck& check) {
      const bool one =
          std::visit([&](const auto& form) { return spend(kOfPart) && passes(form, value); }, check.form);
      if (!one && silent_ == 0 && refused_by_.empty()) {
        refused_by_ = check.keyword;
        refused_at_ = place();
      }
      return one;
    });
    --depth_;
    return all;
  }

  // The same where a refusal is only a part of the verdict, and so not its reason.
  bool holds_silently(Id id, const json& value) {
    ++silent_;
    const bool result = holds(id, value);
    --silent_;
    return result;
  }

  bool holds_at(Id id, const json& value, std::string_view key, std::size_t index) {
    path_.emplace_back(key, index);
    const bool result = holds(id, value);
    path_.pop_back();
    return result;
  }

  std::string place() const {
    std::string pointer;
    for (const auto& [key, index] : path_)
      pointer += "/" + (key.data() == nullptr ? std::to_string(index) : text::pointer_token(key));
    return pointer;
  }

  bool passes(const check::Nothing&, const json&) { return false; }
  bool passes(const check::Types& c, const json& value) { return (types_of(value) & c.any_of) != 0; }
  bool passes(const check::Values& c, const json& value) {
    return spend(c.weight * kOfElement) && std::ranges::find(c.any_of, value) != c.any_of.end();
  }
  bool passes(const check::Bound& c, const json& value) {
    if (!value.is_number()) return true;
    const auto order = text::compare_numbers(value, c.number);
    switch (c.order) {
      case check::Bound::Order::at_least:
        return std::is_gteq(order);
      case check::Bound::Order::more:
        return std::is_gt(order);
      case check::Bound::Order::at_most:
        return std::is_lteq(order);
      case check::Bound::Order::less:
        return std::is_lt(order);
    }
    return false;
  }
  bool passes(const check::MultipleOf& c, const json& value) {
    return !value.is_number() || is_multiple(value, c.number);
  }
  bool passes(const check::Size& c, const json& value) {
    double size = 0;
    if (c.of == check::Size::Of::characters && value.is_string()) {
      const auto& text = value.get_ref<const std::string&>();
      if (!spend(text.size())) return false;
      size = static_cast<double>(text::count_characters(text));
    } else if ((c.of == check::Size::Of::elements && value.is_array()) ||
               (c.of == check::Size::Of::members && value.is_object())) {
      size = static_cast<double>(value.size());
    } else {
      return true;
    }
    return c.order == check::Size::Order::at_least ? size >= c.count : size <= c.count;
  }
  bool found(const text::Regex& regex, const std::string& text) {
    const auto cost = regex.cost(text);
    if (!spend(cost > kMostWork ? kMostWork : kOfSearch * cost)) return false;
    const auto result = regex.search(text);
    if (result == text::Regex::Found::too_long) exhausted_ = true;
    return result == text::Regex::Found::yes;
  }
  bool passes(const check::Pattern& c, const json& value) {
    return !value.is_string() || found(c.regex, value.get_ref<const std::string&>());
  }
  bool passes(const check::UniqueElements&, const json& value) {
    if (!value.is_array()) return true;
    std::unordered_set<std::string> seen;
    for (const auto& element : value) {
      std::string key;
      append_canonical(key, element);
      if (!spend(kOfElement + 10 * key.size()) || !seen.insert(std::move(key)).second) return false;
    }
    return true;
  }
  bool passes(const check::Required& c, const json& value) {
    if (!value.is_object()) return true;
    return spend(c.keys.size() * kOfElement) &&
           std::ranges::all_of(c.keys, [&](const std::string& key) { return value.contains(key); });
  }
  bool passes(const check::Needs& c, const json& value) {
    if (!value.is_object()) return true;
    return std::ranges::all_of(c.keys, [&](const auto& need) {
      return spend((1 + need.second.size()) * kOfElement) &&
             (!value.contains(need.first) ||
              std::ranges::all_of(need.second, [&](const std::string& key) { return value.contains(key); }));
    });
  }
  bool passes(const check::Members& c, const json& value) {
    if (!value.is_object()) return true;
    for (const auto& [key, member] : value.get_ref<const json::object_t&>()) {
      if (!spend(kOfElement)) return false;
      bool known = false;
      if (const auto named = c.named.find(key); named != c.named.end()) {
        known = true;
        if (!holds_at(named->second, member, key, 0)) return false;
      }
      for (const auto& [regex, id] : c.patterns) {
        if (!found(regex, key)) {
          if (exhausted_) return false;
          continue;
        }
        known = true;
        if (!holds_at(id, member, key, 0)) return false;
      }
      if (!known && c.others && !holds_at(*c.others, member, key, 0)) return false;
    }
    return true;
  }
  bool passes(const check::Names& c, const json& value) {
    if (!value.is_object()) return true;
    for (const auto& [key, member] : value.get_ref<const json::object_t&>())
      if (!spend(kOfElement + key.size()) || !holds_silently(c.of, json(key))) return false;
    return true;
  }
  bool passes(const check::Elements& c, const json& value) {
    if (!value.is_array()) return true;
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (!spend(kOfElement)) return false;
      if (i >= c.first.size() && !c.rest) return true;
      if (!holds_at(i < c.first.size() ? c.first[i] : *c.rest, value[i], {}, i)) return false;
    }
    return true;
  }
  bool passes(const check::Contains& c, const json& value) {
    if (!value.is_array()) return true;
    double count = 0;
    for (const auto& element : value) {
      if (!spend(kOfElement)) return false;
      if (holds_silently(c.what, element)) ++count;
      if (exhausted_ || (c.most && count > *c.most)) return false;
      if (!c.most && count >= c.least) return true;
    }
    return count >= c.least;
  }
  bool passes(const check::All& c, const json& value) {
    return std::ranges::all_of(c.of, [&](Id id) { return holds(id, value); });
  }
  bool passes(const check::Any& c, const json& value) {
    return std::ranges::any_of(c.of, [&](Id id) { return holds_silently(id, value); });
  }
  bool passes(const check::One& c, const json& value) {
    int count = 0;
    for (const auto id : c.of)
      if (holds_silently(id, value) && ++count > 1) return false;
    return count == 1;
  }
  bool passes(const check::Not& c, const json& value) { return !holds_silently(c.of, value) && !exhausted_; }
  bool passes(const check::If& c, const json& value) {
    const auto& next = holds_silently(c.condition, value) ? c.then : c.otherwise;
    return !exhausted_ && (!next || holds(*next, value));
  }
  bool passes(const check::Dependent& c, const json& value) {
    if (!value.is_object()) return true;
    return std::ranges::all_of(c.schemas, [&](const auto& dependent) {
      return spend(kOfElement) && (!value.contains(dependent.first) || holds(dependent.second, value));
    });
  }

  const CompiledSchema& schema_;
  const std::uint64_t most_work_;
  std::uint64_t work_left_;
  bool exhausted_ = false;
  std::size_t depth_ = 0;
  int silent_ = 0;  // above zero: inside a part whose refusal is not the reason
  std::vector<std::pair<std::string_view, std::size_t>> path_;  // a key, or without one an index
  std::string refused_at_;
  std::string_view refused_by_;
};

}  // namespace

Judgement judge(const CompiledSchema& schema, const json& value, std::uint64_t most_work) {
  return Judge(schema, most_work).judge(value);
}

}  // namespace vault_mock::contract
