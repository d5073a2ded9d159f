#include "rules/answering/rendered_answer.hpp"

#include <algorithm>
#include <cmath>

namespace vault_mock::rules {
namespace {

constexpr std::size_t kMostFilled = std::size_t{1} << 20;  // bytes of values of the request, in one answer
constexpr double kLongestDelay = 3'600'000;  // milliseconds; a log-normal draw has no bound of its own

struct Fill {
  const Template::Input& input;

  std::optional<std::string> text(const std::optional<Template>& text) const {
    if (!text) return std::nullopt;
    return text->render(input);
  }
  decltype(RenderedAnswer::content) operator()(const Pass& pass) const { return pass; }
  decltype(RenderedAnswer::content) operator()(const ErrorAnswer<Template>& answer) const {
    return ErrorAnswer<std::string>{answer.error,         answer.status,    text(answer.type_name),
                                    text(answer.message), text(answer.ref), text(answer.detail)};
  }
  decltype(RenderedAnswer::content) operator()(const PlainAnswer<Template>& answer) const {
    return PlainAnswer<std::string>{answer.status, text(answer.body), answer.content_type};
  }
  decltype(RenderedAnswer::content) operator()(const SessionAnswer<Template>& answer) const {
    return SessionAnswer<std::string>{answer.ttl, text(answer.claims), text(answer.token), text(answer.uri),
                                      answer.oauth};
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

RenderedAnswer render(const AnswerTemplate& answer, const Template::Input& values) {
  std::size_t room = kMostFilled;
  Template::Input input = values;
  input.room = &room;
  RenderedAnswer rendered{std::visit(Fill{input}, answer.content), {}, {}, answer.fault};
  rendered.headers.reserve(answer.headers.size());
  for (const auto& [name, value] : answer.headers)
    rendered.headers.emplace_back(name, header_safe(value.render(input)));
  if (answer.delay) {
    const double time = std::clamp(std::visit(Draw{input.dice}, *answer.delay), 0.0, kLongestDelay);
    rendered.delay = std::chrono::milliseconds(static_cast<std::int64_t>(std::lround(time)));
  }
  return rendered;
}

}  // namespace vault_mock::rules
