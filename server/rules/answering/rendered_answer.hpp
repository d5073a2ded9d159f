// A rule's Respond made for one request: templates filled in, chance decided. What the engine turns into an
// answer.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "rules/answering/answer_template.hpp"
#include "text/headers.hpp"

namespace vault_mock::rules {

struct ReplyError {
  std::variant<int, std::string>
      error;                  // the status or type name asked for; a type name is one of the Vocabulary
  std::optional<int> status;  // overrides, each in place of the catalogue's
  std::optional<std::string> type_name, message, ref;
  std::optional<std::string> detail;  // JSON text: a string or an object
};

struct ReplyPlain {
  int status = 200;
  std::optional<std::string> body;
  std::string content_type;  // empty when there is no body, or when `headers` of the Reply name one
};

struct ReplySession {
  std::optional<std::chrono::milliseconds> ttl;
  std::optional<std::string> claims;  // JSON text: an object
  std::optional<std::string> token, uri;
};

struct Reply {
  std::variant<Pass, ReplyError, ReplyPlain, ReplySession> content;
  std::vector<text::Header> headers;  // lower-case names, values free of control bytes
  std::chrono::milliseconds delay{0};
  Fault fault;
};

Reply reply_of(const Respond& respond, const Template::Input& input);

}  // namespace vault_mock::rules
