#include "net/request/chunk_size.hpp"

#include <algorithm>

#include "net/request/field_line.hpp"
#include "text/hex.hpp"

namespace vault_mock::net {
namespace {

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t", at), text.size());
}

std::size_t end_of_token(std::string_view text, std::size_t at) {
  auto end = at;
  while (end < text.size() && is_token(text.substr(end, 1))) ++end;
  return end;
}

// npos: it has no end, or a control character.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const auto is_text = [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != '\x7f');
  };
  for (auto i = at + 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
    if (i == text.size() || !is_text(text[i])) break;
  }
  return text.npos;
}

// *(BWS ";" BWS token [BWS "=" BWS (token / quoted-string)])
bool are_extensions(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    at = skip_blanks(text, at);
    if (at == text.size() || text[at] != ';') return false;
    const auto name = skip_blanks(text, at + 1);
    at = end_of_token(text, name);
    if (at == name) return false;
    const auto equals = skip_blanks(text, at);
    if (equals == text.size() || text[equals] != '=') continue;
    const auto value = skip_blanks(text, equals + 1);
    const bool quoted = value < text.size() && text[value] == '"';
    at = quoted ? end_of_quoted(text, value) : end_of_token(text, value);
    if (at == value || at == text.npos) return false;
  }
  return true;
}

}  // namespace

tl::expected<ChunkSize, Refusal> read_chunk_size(std::string_view line, std::uint64_t at_most) {
  ChunkSize read;
  bool too_large = false;
  for (; read.digits < line.size() && text::hex_value(line[read.digits]) >= 0; ++read.digits) {
    const auto value = static_cast<std::uint64_t>(text::hex_value(line[read.digits]));
    too_large = too_large || value > at_most || read.size > (at_most - value) / 16;
    if (!too_large) read.size = read.size * 16 + value;
  }
  if (read.digits == 0)
    return tl::unexpected(
        Refusal{400, "the chunked body is broken: a chunk begins without a size in hexadecimal"});
  if (!are_extensions(line.substr(read.digits)))
    return tl::unexpected(Refusal{
        400,
        "the chunked body is broken: a chunk's size is followed by something other than a chunk extension"});
  if (too_large) return tl::unexpected(Refusal{413, "the body is too large"});
  return read;
}

}  // namespace vault_mock::net
