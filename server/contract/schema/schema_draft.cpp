#include "contract/schema/schema_draft.hpp"

#include <cmath>

namespace vault_mock::contract {
namespace {

using check::Id;
using nlohmann::json;
using Severity = SchemaMistake::Severity;
using At = SchemaMistake::At;

constexpr std::size_t kMostParts = 1000;
constexpr std::size_t kMostPatterns = 100;  // each may take what text/regex.cpp allows
constexpr std::size_t kMostMistakes = 100;

}  // namespace

std::string found_words(const json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "an array";
  auto text = text::dump(value);
  return text.size() <= 60 ? text : "a long text";
}

std::uint64_t weight_of(const json& value) {
  if (value.is_string()) return 1 + value.get_ref<const std::string&>().size() / 16;
  std::uint64_t weight = 1;
  if (value.is_structured())
    for (const auto& part : value) weight += weight_of(part);
  return weight;
}

const json* SchemaDraft::next_part() {
  if (next_ >= places_.size()) return nullptr;
  if (places_.size() > kMostParts) {
    refuse("",
           "this schema has more than " + std::to_string(kMostParts) + " parts: split it over several rules");
    return nullptr;
  }
  part_ = next_++;
  return places_[part_].value;
}

ReadSchema SchemaDraft::finish() {
  if (!failed_)
    for (auto& mistake : find_endless(edges_)) note(std::move(mistake));
  ReadSchema result;
  result.mistakes = std::move(mistakes_);
  if (!failed_) result.schema = std::move(compiled_);
  return result;
}

void SchemaDraft::note(SchemaMistake mistake) {
  // Where the list is full, an error takes the place of a warning: there is one exactly when reading fails.
  if (mistake.severity == Severity::error && !failed_) {
    failed_ = true;
    if (mistakes_.size() >= kMostMistakes) mistakes_.pop_back();
  }
  if (mistakes_.size() < kMostMistakes) mistakes_.push_back(std::move(mistake));
}

void SchemaDraft::refuse(std::string pointer, std::string message, std::string suggestion) {
  note({Severity::error, At::value, std::move(pointer), std::move(message), std::move(suggestion)});
}

void SchemaDraft::refuse_key(std::string_view key, std::string message) {
  note({Severity::error, At::key, at(key), std::move(message), {}});
}

void SchemaDraft::warn_key(std::string_view key, std::string message, std::string suggestion) {
  note({Severity::warning, At::key, at(key), std::move(message), std::move(suggestion)});
}

void SchemaDraft::expected(std::string pointer, const std::string& what, const json& found) {
  refuse(std::move(pointer), "expected " + what + ", found " + found_words(found));
}

Id SchemaDraft::part_at(const json& value, std::string pointer, Edge::Kind kind) {
  const auto [known, is_new] = ids_.try_emplace(&value, static_cast<Id>(places_.size()));
  if (is_new) {
    places_.push_back({&value, pointer});
    compiled_.parts.emplace_back();
    edges_.emplace_back();
  }
  if (kind != Edge::Kind::into_value) edges_[part_].push_back({known->second, kind, std::move(pointer)});
  return known->second;
}

std::optional<Id> SchemaDraft::schema(const json& value, std::string pointer, Edge::Kind kind) {
  if (value.is_object() || value.is_boolean()) return part_at(value, std::move(pointer), kind);
  expected(std::move(pointer), "a schema (an object, true or false)", value);
  return std::nullopt;
}

std::vector<Id> SchemaDraft::schemas(const json& list, std::string_view key, Edge::Kind kind) {
  std::vector<Id> ids;
  if (!list.is_array() || list.empty()) {
    expected(at(key), "a list of schemas with at least one", list);
    return ids;
  }
  for (std::size_t i = 0; i < list.size(); ++i)
    if (const auto id = schema(list[i], at(key) + "/" + std::to_string(i), kind)) ids.push_back(*id);
  return ids;
}

void SchemaDraft::reference(const json& target, std::string pointer) {
  const auto id = part_at(target, std::move(pointer), Edge::Kind::reference);
  edges_[part_].back().pointer = at("$ref");  // where it stands, not where it leads
  add("$ref", check::All{{id}});
}

std::optional<std::vector<std::string>> SchemaDraft::names(const json& list, const std::string& pointer) {
  if (!list.is_array()) {
    expected(pointer, "a list of names", list);
    return std::nullopt;
  }
  std::vector<std::string> result;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].is_string())
      result.push_back(list[i]);
    else
      expected(pointer + "/" + std::to_string(i), "a name, a string", list[i]);
  }
  return result;
}

std::optional<text::Regex> SchemaDraft::regex(const json& pattern, const std::string& pointer, At where) {
  if (!pattern.is_string()) {
    expected(pointer, "a regular expression, a string", pattern);
    return std::nullopt;
  }
  if (++patterns_ > kMostPatterns) {
    if (patterns_ == kMostPatterns + 1)
      refuse(pointer, "this schema has more than " + std::to_string(kMostPatterns) + " patterns");
    return std::nullopt;
  }
  auto compiled = text::Regex::compile(pattern);
  if (compiled) return std::move(*compiled);
  note({Severity::error, where, pointer, compiled.error(), {}});
  return std::nullopt;
}

std::optional<double> SchemaDraft::count(const json& value, std::string_view key) {
  if (value.is_number()) {
    const auto number = value.get<double>();
    if (number >= 0 && std::isfinite(number) && std::trunc(number) == number) return number;
  }
  expected(at(key), "a whole number from 0", value);
  return std::nullopt;
}

}  // namespace vault_mock::contract
