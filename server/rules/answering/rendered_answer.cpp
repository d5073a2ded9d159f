#include "rules/answering/rendered_answer.hpp"

#include <algorithm>
#include <cmath>

namespace vault_mock::rules {
namespace {

constexpr std::size_t kMostFilled = std::size_t{1} << 20;  // bytes of values of the request, in one answer
constexpr double kLongestDelay = 3'600'000;  // milliseconds; a log-normal draw has no bound of its own

std::optional<std::string> filled(const std::optional<Template>& text, const Template::Input& input) {
  if (!text) return std::nullopt;
  return text->render(input);
}

struct Fill {
  const Template::Input& input;

  std::variant<Pass, ReplyError, ReplyPlain, ReplySession> operator()(const Pass& pass) const { return pass; }
  std::variant<Pass, ReplyError, ReplyPlain, ReplySession> operator()(const RespondError& r) const {
    return ReplyError{r.error,
                      r.status,
                      filled(r.type_name, input),
                      filled(r.message, input),
                      filled(r.ref, input),
                      filled(r.detail, input)};
  }
  std::variant<Pass, ReplyError, ReplyPlain, ReplySession> operator()(const RespondPlain& r) const {
    return ReplyPlain{r.status, filled(r.body, input), r.content_type};
  }
  std::variant<Pass, ReplyError, ReplyPlain, ReplySession> operator()(const RespondSession& r) const {
    return ReplySession{r.ttl, filled(r.claims, input), filled(r.token, input), filled(r.uri, input)};
  }
};

struct Draw {
  const Dice& dice;

  double operator()(const FixedDelay& d) const { return static_cast<double>(d.time.count()); }
  double operator()(const UniformDelay& d) const {
    const auto spread = static_cast<double>((d.max - d.min).count() + 1);
    return static_cast<double>(d.min.count()) + std::floor(dice() * spread);
  }
  double operator()(const LogNormalDelay& d) const {
    return static_cast<double>(d.median.count()) * std::exp(d.sigma * throw_normal(dice));
  }
};

// A value of the request must not end the header and start another (response splitting).
std::string header_safe(std::string value) {
  std::erase_if(value, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; });
  return value;
}

}  // namespace

Reply reply_of(const Respond& respond, const Template::Input& values) {
  std::size_t room = kMostFilled;
  Template::Input input = values;
  input.room = &room;
  Reply reply{std::visit(Fill{input}, respond.content), {}, {}, respond.fault};
  reply.headers.reserve(respond.headers.size());
  for (const auto& [name, value] : respond.headers)
    reply.headers.emplace_back(name, header_safe(value.render(input)));
  if (respond.delay) {
    const double time = std::clamp(std::visit(Draw{input.dice}, *respond.delay), 0.0, kLongestDelay);
    reply.delay = std::chrono::milliseconds(static_cast<std::int64_t>(std::lround(time)));
  }
  return reply;
}

}  // namespace vault_mock::rules
