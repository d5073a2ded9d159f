// What rules see of one request. All members are views into it, valid during the one call they are passed to;
// nothing here may be stored.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <utility>

#include "text/headers.hpp"
#include "text/json/request_body.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::rules {

// When a rule is tried: before or after the checks of authentication and contract.
enum class Phase { before_validation, after_validation };

// The body as a tree of JSON values. Made from a JSON text, it is parsed only when a rule asks for it. get()
// is nullptr when there is no body, or it is not JSON.
class BodyView {
 public:
  BodyView(const nlohmann::json* value = nullptr) : value_(value) {}  // NOLINT: a pointer is one
  BodyView(const text::RequestBody& text) : text_(&text) {}           // NOLINT: likewise
  const nlohmann::json* get() const { return text_ ? text_->value() : value_; }

 private:
  const nlohmann::json* value_ = nullptr;
  const text::RequestBody* text_ = nullptr;
};

struct RequestView {
  std::string_view operation;  // operation id of the contract, or empty for an unknown one
  std::string_view method;     // "POST"
  std::string_view path;       // without the space's prefix and the query; percent-encoded as sent
  std::string_view consumer_id;
  std::string_view app_id;
  std::string_view api_key;                   // without "Bearer "
  std::span<const text::HeaderView> headers;  // names in any case
  std::string_view query;                     // raw, without '?'
  BodyView body;

  // For templates only.
  std::string_view space;
  text::Timestamp now;  // of the space's clock
  std::string_view request_id;
};

}  // namespace vault_mock::rules
