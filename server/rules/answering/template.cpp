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
constexpr std::size_t kLongestText = 16 * 1024;

// As written between the quotes of a JSON string.
std::string json_escaped(const std::string& value) {
  const auto quoted = text::dump(value);
  return quoted.substr(1, quoted.size() - 2);
}

// What a text is one placeholder of, and nothing else: "{{ count }}" -> " count ".
std::optional<std::string_view> only_placeholder(std::string_view text) {
  if (!text.starts_with("{{") || text.size() < 4 || text.find("}}") != text.size() - 2) return std::nullopt;
  return text.substr(2, text.size() - 4);
}

// At most `most` bytes of the value, and of what there is room for, which then is less.
std::string cut(std::string value, std::size_t most, const Template::Input& input) {
  if (input.room) most = std::min(most, *input.room);
  value.resize(text::first_bytes(value, most).size());
  if (input.room) *input.room -= value.size();
  return value;
}

// Empty counts as missing, as in conditions.
std::optional<std::string> unless_empty(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(std::string(text));
}

}  // namespace

tl::expected<Template::Piece, Template::Error> Template::placeholder(std::string_view words) {
  constexpr std::string_view kAsText = "text ";
  auto word = text::trim(words);
  const bool as_text = word.starts_with(kAsText);
  if (as_text) word = text::trim(word.substr(kAsText.size()));
  auto piece = named_placeholder(word);
  if (piece) piece->is_value = !as_text;
  return piece;
}

tl::expected<Template::Piece, Template::Error> Template::named_placeholder(std::string_view word) {
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
  for (const auto& known : kKnown)
    if (known.word == word) return Piece{.source = known.source};
  if (word.starts_with("headers.") && word.size() > 8)
    return Piece{.source = Source::header, .text = std::string(word.substr(8))};
  if (word.starts_with("query.") && word.size() > 6)
    return Piece{.source = Source::query, .text = std::string(word.substr(6))};
  if (word.starts_with('/')) {
    auto tokens = text::pointer_tokens(word);
    if (!tokens)
      return tl::unexpected(
          Error{"{{" + std::string(word) + "}} is not a valid JSON Pointer (RFC 6901)", {}});
    return Piece{.source = Source::body, .tokens = std::move(*tokens)};
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

tl::expected<void, Template::Error> Template::add_placeholder(Piece piece) {
  pieces_.push_back(std::move(piece));
  const auto placeholders =
      std::ranges::count_if(pieces_, [](const Piece& p) { return p.source != Source::literal; });
  if (static_cast<std::size_t>(placeholders) > kMostPlaceholders)
    return tl::unexpected(Error{"more than " + std::to_string(kMostPlaceholders) + " placeholders", {}});
  return {};
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
    piece->is_value = false;  // it is a part of a text
    if (auto done = add_placeholder(std::move(*piece)); !done) return done;
    text.remove_prefix(close + 2);
  }
  literal(text);
  return {};
}

tl::expected<Template, Template::Error> Template::compile(std::string_view text) {
  Template result;
  if (auto done = result.append(text, Escape::none); !done) return tl::unexpected(std::move(done.error()));
  return result;
}

// `string` is in quotes, and escaped.
tl::expected<void, Template::Error> Template::append_json_string(std::string_view string, bool may_be_value) {
  const auto text = nlohmann::json::parse(string).get<std::string>();
  if (const auto words = may_be_value ? only_placeholder(text) : std::nullopt) {
    auto piece = placeholder(*words);
    if (!piece) return tl::unexpected(std::move(piece.error()));
    if (piece->is_value) return add_placeholder(std::move(*piece));
  }
  add_literal("\"");
  if (auto done = append(text, Escape::json); !done) return done;
  add_literal("\"");
  return {};
}

tl::expected<Template, Template::Error> Template::compile_json(std::string_view json, Alone alone) {
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
    const bool is_key = i < compact.size() && compact[i] == ':';
    const bool is_all = string.size() == compact.size();
    const bool may_be_value = !is_key && (!is_all || alone == Alone::value);
    if (auto done = result.append_json_string(string, may_be_value); !done)
      return tl::unexpected(std::move(done.error()));
  }
  return result;
}

std::optional<std::string> Template::text_of(const Piece& piece, const Input& input) {
  const RequestView& request = input.request;
  switch (piece.source) {
    case Source::literal:
      return piece.text;
    case Source::consumer_id:
      return unless_empty(request.consumer_id);
    case Source::app_id:
      return unless_empty(request.app_id);
    case Source::operation:
      return unless_empty(request.operation);
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
    case Source::header: {
      const auto value = text::find_header(request.headers, piece.text);
      return value ? std::optional(std::string(*value)) : std::nullopt;
    }
    case Source::query:
      return text::query_value(request.query, piece.text);
    case Source::body: {
      const auto* value = text::follow(request.body.get(), piece.tokens);
      if (value == nullptr) return std::nullopt;
      return value->is_string() ? value->get<std::string>() : text::dump(*value);
    }
  }
  return std::nullopt;
}

std::string Template::json_of(const Piece& piece, const Input& input) {
  const auto* value =
      piece.source == Source::body ? text::follow(input.request.body.get(), piece.tokens) : nullptr;
  const bool is_text = piece.source != Source::count && (value == nullptr || value->is_string());
  auto text = text_of(piece, input);
  if (!text) return "null";
  if (is_text) return text::dump(cut(std::move(*text), kLongestText, input));
  if (input.room && text->size() > *input.room) return "null";
  if (input.room) *input.room -= text->size();
  return std::move(*text);
}

std::string Template::render(const Input& input) const {
  std::string result;
  for (const auto& piece : pieces_) {
    if (piece.source == Source::literal) {
      result += piece.text;
    } else if (piece.is_value) {
      result += json_of(piece, input);
    } else {
      const auto value = cut(text_of(piece, input).value_or(""), kLongestText, input);
      result += escape_ == Escape::json ? json_escaped(value) : value;
    }
  }
  return result;
}

bool Template::uses_count() const {
  return std::ranges::any_of(pieces_, [](const Piece& piece) { return piece.source == Source::count; });
}

}  // namespace vault_mock::rules
