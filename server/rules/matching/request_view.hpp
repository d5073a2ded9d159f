// What rules see of one request: views into it, valid for the one call they are passed to. Nothing here is
// stored.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <utility>

#include "text/headers.hpp"
#include "text/json/request_body.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::rules {

// Rules run at two points of a request's way: before the checks (authentication, contract) and after them.
enum class Phase { before_validation, after_validation };

// The body as a tree of values, made only when a rule asks for it. Null: there is none, or it is no JSON.
class SubjectBody {
 public:
  SubjectBody(const nlohmann::json* value = nullptr) : value_(value) {}  // NOLINT: a pointer is one
  SubjectBody(const text::RequestBody& text) : text_(&text) {}           // NOLINT: likewise
  const nlohmann::json* get() const { return text_ ? text_->value() : value_; }

 private:
  const nlohmann::json* value_ = nullptr;
  const text::RequestBody* text_ = nullptr;
};

struct Subject {
  std::string_view operation;  // operation id of the contract, or empty for an unknown one
  std::string_view method;     // "POST"
  std::string_view path;       // without the space's prefix, percent-encoded as sent, no query
  std::string_view consumer_id;
  std::string_view app_id;
  std::string_view api_key;                   // without "Bearer "
  std::span<const text::HeaderView> headers;  // names in any case
  std::string_view query;                     // raw, without '?'
  SubjectBody body;

  // For templates only.
  std::string_view space;
  text::Timestamp now;  // by the space's clock
  std::string_view request_id;
};

}  // namespace vault_mock::rules
