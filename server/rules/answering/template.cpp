#include "rules/answering/template.hpp"

#include <algorithm>
#include <array>

#include "text/ascii.hpp"
#include "text/headers.hpp"
#include "text/json/fast_json.hpp"
#include "text/json/json_document.hpp"
#include "text/json/pointer.hpp"
#include "text/nearest.hpp"
#include "text/url.hpp"
#include "text/utf8.hpp"

namespace vault_mock::rules {
namespace {

constexpr std::size_t kMostPlaceholders = 100;
constexpr std::size_t kLongestValue = 16 * 1024;

// As written between the quotes of a JSON string.
std::string json_escaped(const std::string& value) {
  const auto quoted = text::dump(value);
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

tl::expected<Template::Piece, Template::Error> Template::placeholder(std::string_view words) {
  struct Known {
    std::string_view word;
    Source source;
  };
  static constexpr auto kKnown = std::to_array<Known>({{"consumer_id", Source::consumer_id},
                                                       {"app_id", Source::app_id},
                                                       {"operation", Source::operation},
                                                       {"method", Source::method},
                                                       {"path", Source::path},
                                                       {"space", Source::space},
                                                       {"request_id", Source::request_id},
                                                       {"now", Source::now},
                                                       {"uuid", Source::uuid},
                                                       {"count", Source::count}});
  const auto word = text::trim(words);
  for (const auto& known : kKnown)
    if (known.word == word) return Piece{known.source, {}, {}};
  if (word.starts_with("headers.") && word.size() > 8)
    return Piece{Source::header, std::string(word.substr(8)), {}};
  if (word.starts_with("query.") && word.size() > 6)
    return Piece{Source::query, std::string(word.substr(6)), {}};
  if (word.starts_with('/')) {
    auto tokens = text::pointer_tokens(word);
    if (!tokens)
      return tl::unexpected(
          Error{"{{" + std::string(word) + "}} is not a valid JSON Pointer (RFC 6901)", {}});
    return Piece{Source::body, {}, std::move(*tokens)};
  }

  std::vector<std::string> candidates;
  candidates.reserve(std::size(kKnown));
  for (const auto& known : kKnown) candidates.emplace_back(known.word);
  Error error{"unknown placeholder {{" + std::string(word) + "}}", {}};
  if (const auto near = text::nearest(word, candidates)) {
    error.suggestion = "{{" + *near + "}}";
  } else {
    error.message +=
        ": expected consumer_id, app_id, operation, method, path, space, request_id, now, uuid, count, "
        "headers.NAME, query.NAME or a JSON Pointer into the body";
  }
  return tl::unexpected(std::move(error));
}

void Template::add_literal(std::string_view text) {
  if (text.empty()) return;
  if (pieces_.empty() || pieces_.back().source != Source::literal) pieces_.emplace_back();
  pieces_.back().text += text;
}

tl::expected<void, Template::Error> Template::append(std::string_view text, Escape escape) {
  const auto literal = [&](std::string_view part) {
    add_literal(escape == Escape::json ? json_escaped(std::string(part)) : std::string(part));
  };
  while (true) {
    const auto open = text.find("{{");
    if (open == text.npos) break;
    if (open > 0 && text[open - 1] == '\\') {
      literal(text.substr(0, open - 1));
      literal("{{");
      text.remove_prefix(open + 2);
      continue;
    }
    literal(text.substr(0, open));
    const auto close = text.find("}}", open);
    if (close == text.npos)
      return tl::unexpected(
          Error{"{{ without }}: close the placeholder, or write \\{{ for the braces themselves", {}});
    auto piece = placeholder(text.substr(open + 2, close - open - 2));
    if (!piece) return tl::unexpected(std::move(piece.error()));
    pieces_.push_back(std::move(*piece));
    text.remove_prefix(close + 2);
  }
  literal(text);
  const auto placeholders =
      std::ranges::count_if(pieces_, [](const Piece& p) { return p.source != Source::literal; });
  if (static_cast<std::size_t>(placeholders) > kMostPlaceholders)
    return tl::unexpected(Error{"more than " + std::to_string(kMostPlaceholders) + " placeholders", {}});
  return {};
}

tl::expected<Template, Template::Error> Template::compile(std::string_view text) {
  Template result;
  if (auto done = result.append(text, Escape::none); !done) return tl::unexpected(std::move(done.error()));
  return result;
}

tl::expected<Template, Template::Error> Template::compile_json(std::string_view json) {
  const auto compact = text::minified(json);
  Template result;
  result.escape_ = Escape::json;
  for (std::size_t i = 0; i < compact.size();) {
    const auto quote = std::min(compact.find('"', i), compact.size());
    result.add_literal(std::string_view(compact).substr(i, quote - i));
    if (quote == compact.size()) break;
    auto end = quote + 1;
    while (compact[end] != '"') end += compact[end] == '\\' ? 2 : 1;
    const auto string = std::string_view(compact).substr(quote, end + 1 - quote);
    i = end + 1;
    if (string.find("{{") == string.npos) {
      result.add_literal(string);
      continue;
    }
    result.add_literal("\"");
    if (auto done = result.append(nlohmann::json::parse(string).get<std::string>(), Escape::json); !done)
      return tl::unexpected(std::move(done.error()));
    result.add_literal("\"");
  }
  return result;
}

std::string Template::value_of(const Piece& piece, const Input& input) {
  const RequestView& request = input.request;
  switch (piece.source) {
    case Source::literal:
      return piece.text;
    case Source::consumer_id:
      return std::string(request.consumer_id);
    case Source::app_id:
      return std::string(request.app_id);
    case Source::operation:
      return std::string(request.operation);
    case Source::method:
      return std::string(request.method);
    case Source::path:
      return std::string(request.path);
    case Source::space:
      return std::string(request.space);
    case Source::request_id:
      return std::string(request.request_id);
    case Source::now:
      return text::format_timestamp(request.now);
    case Source::uuid:
      return throw_uuid(input.dice);
    case Source::count:
      return std::to_string(input.count);
    case Source::header:
      return std::string(text::find_header(request.headers, piece.text).value_or(""));
    case Source::query:
      return text::query_value(request.query, piece.text).value_or(std::string());
    case Source::body: {
      const auto* value = text::follow(request.body.get(), piece.tokens);
      if (value == nullptr) return {};
      return value->is_string() ? value->get<std::string>() : text::dump(*value);
    }
  }
  return {};
}

std::string Template::render(const Input& input) const {
  std::string result;
  for (const auto& piece : pieces_) {
    if (piece.source == Source::literal) {
      result += piece.text;
    } else {
      const auto most = input.room ? std::min(kLongestValue, *input.room) : kLongestValue;
      auto value = value_of(piece, input);
      value.resize(text::first_bytes(value, most).size());
      if (input.room) *input.room -= value.size();
      result += escape_ == Escape::json ? json_escaped(value) : value;
    }
  }
  return result;
}

bool Template::uses_count() const {
  return std::ranges::any_of(pieces_, [](const Piece& piece) { return piece.source == Source::count; });
}

}  // namespace vault_mock::rules
