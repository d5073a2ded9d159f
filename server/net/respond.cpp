#include "net/respond.hpp"

#include <algorithm>
#include <exception>
#include <new>

#include "net/request/request_head.hpp"
#include "text/ascii.hpp"

namespace vault_mock::net {
namespace {

bool has(const Answer& answer, std::string_view name) {
  return std::any_of(answer.headers.begin(), answer.headers.end(),
                     [&](const auto& field) { return text::is_named(field, name); });
}

// How the answer is framed and how the connection goes on is the transport's to say.
void drop_framing(Answer& answer, Framing& framing) {
  std::erase_if(answer.headers, [&](const auto& field) {
    if (text::is_named(field, "connection")) {
      framing.close = framing.close || list_contains(field.second, "close");
      return true;
    }
    return text::is_named(field, "content-length") || text::is_named(field, "transfer-encoding") ||
           text::is_named(field, "keep-alive");
  });
}

// Calls `tell` with the reason of the exception being handled, which is good for the call.
template <typename Tell>
auto with_reason_of_exception(Tell tell) {
  try {
    throw;
  } catch (const std::exception& error) {
    return tell(std::string_view(error.what()));
  } catch (...) {
    return tell(std::string_view("an exception of unknown type"));
  }
}

void settle(Answer& answer, Framing& framing) {
  drop_framing(answer, framing);
  if (forbids_body(answer.status)) {
    answer.body.clear();
    answer.next_piece = nullptr;
  }
  const auto fault = answer.delivery.fault;
  if (fault == Fault::reset || fault == Fault::close || fault == Fault::hang) answer.next_piece = nullptr;
}

}  // namespace

Framing framing_of(const Request& request, bool stopping) {
  return {.head_only = request.method == "HEAD",
          .http_1_0 = request.http_1_0,
          .close = !request.keep_alive || stopping};
}

Answer respond(Handler& handler, const Request& request, Framing& framing) {
  try {
    auto answer = handler.handle(request);
    if (answer.status < 200 || answer.status > 999)
      return respond(handler, Refusal{500, "the handler's status is not one that an answer can have"},
                     framing);
    settle(answer, framing);
    return answer;
  } catch (const std::bad_alloc&) {
    // No words: making them would take memory, and nlohmann's values take some even to be destroyed.
    report_exception(handler);
    framing.close = true;
    Answer bare;
    bare.status = 500;
    return bare;
  } catch (...) {
    return with_reason_of_exception([&](std::string_view reason) {
      return respond(handler, Refusal{500, reason}, framing);
    });
  }
}

Answer respond(Handler& handler, const Refusal& refusal, Framing& framing) {
  Answer answer;
  try {
    answer = handler.refuse(refusal);
    if (answer.status < 200 || answer.status > 999) answer.status = refusal.status;
    answer.delivery = {};
    answer.next_piece = nullptr;
    settle(answer, framing);
  } catch (...) {
    report_exception(handler);
    answer = {};
    answer.status = 500;
  }
  framing.close = true;
  if (refusal.status == 405 && !has(answer, "allow")) answer.headers.emplace_back("Allow", kServedMethods);
  return answer;
}

void report_exception(Handler& handler) noexcept {
  with_reason_of_exception([&](std::string_view reason) {
    try {
      handler.report(reason);
    } catch (...) {  // not even that can be told
    }
  });
}

bool forbids_body(int status) { return status < 200 || status == 204 || status == 304; }

}  // namespace vault_mock::net
