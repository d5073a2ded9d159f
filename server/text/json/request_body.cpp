#include "text/json/request_body.hpp"

#include <algorithm>
#include <utility>

namespace vault_mock::text {

void RequestBody::read(std::string_view text) {
  text_ = text;
  document_.reset();
  is_fast_ = !is_blank() && fast_.read(text);
  if (is_fast_ || is_blank()) return;
  if (auto document = read_json(text, FastJson::kDeepest)) document_ = std::move(*document);
}

bool RequestBody::is_blank() const { return text_.find_first_not_of(" \t\r\n") == text_.npos; }

const JsonDocument* RequestBody::document() const {
  // What was read fast is JSON: this reading cannot fail.
  if (is_fast_ && !document_) document_ = read_json(text_, FastJson::kDeepest).value();
  return document_ ? &*document_ : nullptr;
}

std::optional<nlohmann::json> RequestBody::find(std::initializer_list<std::string_view> keys) const {
  if (is_fast_) {
    const auto* at = &fast_.values().front();
    for (const auto key : keys) at = find_member(at, key);
    return at ? std::optional(to_json(*at)) : std::nullopt;
  }
  const auto* at = value();
  for (const auto key : keys) {
    if (at == nullptr || !at->is_object()) return std::nullopt;
    const auto member = at->find(key);
    at = member == at->end() ? nullptr : &*member;
  }
  return at ? std::optional(*at) : std::nullopt;
}

std::optional<RequestBody::Object> RequestBody::find_object(std::string_view key) const {
  if (is_fast_) {
    const auto* member = find_member(&fast_.values().front(), key);
    if (member == nullptr || !member->is(FastValue::Kind::object)) return std::nullopt;
    return Object{dump(*member), member};
  }
  const auto member = find({key});
  if (!member || !member->is_object()) return std::nullopt;
  return Object{dump(*member), nullptr};
}

std::optional<JsonObject> RequestBody::object(std::span<const std::string_view> without) const {
  if (is_fast_) {
    const auto& root = fast_.values().front();
    if (!root.is(FastValue::Kind::object)) return std::nullopt;
    const auto is_out = [&](const FastValue& member) {
      return std::ranges::find(without, member.key) != without.end();
    };
    const auto members = children_of(root);
    if (std::none_of(members.begin(), members.end(), is_out)) return JsonObject(minified(text_));
    std::string rest;
    ObjectWriter writer(rest);
    for (const auto& member : members)
      if (!is_out(member)) writer.json(member.key, dump(member));
    writer.end();
    return JsonObject(std::move(rest));
  }
  if (!document_ || !document_->value.is_object()) return std::nullopt;
  const auto& members = document_->value;
  const bool all_stay = std::ranges::none_of(without, [&](auto key) { return members.contains(key); });
  if (all_stay && document_->duplicate_keys.empty()) return JsonObject(minified(text_));
  auto rest = members;
  for (const auto key : without) rest.erase(key);
  return JsonObject(text::dump(rest));
}

}  // namespace vault_mock::text
