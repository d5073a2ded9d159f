#include "contract/advice.hpp"

#include "contract/text_checks.hpp"
#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"
#include "text/nearest.hpp"
#include "text/shortened.hpp"

namespace vault_mock::contract {
namespace {

using nlohmann::json;

// Where the walk is: written out only when there is something to say about it.
struct Path {
  const Path* parent;
  std::string_view key;   // of a member
  std::size_t index = 0;  // of an element, when there is no key

  std::string pointer() const {
    if (parent == nullptr) return "";
    return parent->pointer() + "/" + (key.empty() ? std::to_string(index) : text::pointer_token(key));
  }
};

class Adviser {
 public:
  void walk(const json& schema, const json& instance, const Path& path) {
    if (!schema.is_object()) return;
    if (const auto check = schema.find("x-advice"); check != schema.end() && instance.is_string()) {
      const auto& value = instance.get_ref<const std::string&>();
      if (const auto failed = failed_check(check->get_ref<const std::string&>(), value))
        add(path, "'" + text::shortened(value) + "' " + *failed);
    }
    if (const auto items = schema.find("items"); items != schema.end() && instance.is_array())
      for (std::size_t i = 0; i < instance.size(); ++i)
        walk(*items, instance[i], {.parent = &path, .key = {}, .index = i});
    if (const auto properties = schema.find("properties"); properties != schema.end() && instance.is_object())
      walk_members(*properties, instance, path);
  }

  std::vector<Advice> take() { return std::move(advice_); }

 private:
  void walk_members(const json& properties, const json& instance, const Path& path) {
    for (const auto& [key, value] : instance.get_ref<const json::object_t&>()) {
      const Path member{.parent = &path, .key = key};
      if (const auto known = properties.find(key); known != properties.end())
        walk(*known, value, member);
      else if (const auto near = text::nearest(key, absent(properties, instance)))
        add(member, "'" + text::shortened(key) + "' is accepted and ignored. " + text::did_you_mean(near));
    }
  }

  void add(const Path& path, std::string text) {
    if (advice_.size() < kMostAdvice) advice_.push_back({path.pointer(), std::move(text)});
  }

  // The known names that the instance does not use: what a misspelt key may mean.
  static std::vector<std::string> absent(const json& properties, const json& instance) {
    std::vector<std::string> names;
    for (const auto& [name, unused] : properties.get_ref<const json::object_t&>())
      if (!instance.contains(name)) names.push_back(name);
    return names;
  }

  std::vector<Advice> advice_;
};

}  // namespace

std::vector<Advice> advise(const json& schema, const json& instance) {
  Adviser adviser;
  adviser.walk(schema, instance, {.parent = nullptr, .key = {}});
  return adviser.take();
}

}  // namespace vault_mock::contract
