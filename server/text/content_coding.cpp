#include "text/content_coding.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <ranges>
#include <vector>
#include <zlib.h>

#include "text/ascii.hpp"
#include "text/shortened.hpp"

namespace vault_mock::text {
namespace {

// What is around a deflate stream, as inflateInit2() is told.
enum class Wrapping : int { zlib = MAX_WBITS, gzip = MAX_WBITS + 16, none = -MAX_WBITS };

enum class Failure { broken, too_large };

class Inflater {
 public:
  explicit Inflater(Wrapping wrapping) {
    if (inflateInit2(&stream_, static_cast<int>(wrapping)) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
};

tl::expected<std::string, Failure> inflated(std::string_view packed, Wrapping wrapping, std::size_t most) {
  Inflater inflater(wrapping);
  auto& stream = inflater.stream();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // zlib only reads it
  stream.avail_in = static_cast<uInt>(packed.size());
  std::array<char, std::size_t{16} << 10> piece;
  std::string result;
  for (;;) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    const int code = inflate(&stream, Z_NO_FLUSH);
    result.append(piece.data(), piece.size() - stream.avail_out);
    if (result.size() > most) return tl::unexpected(Failure::too_large);
    if (code == Z_MEM_ERROR) throw std::bad_alloc();
    if (code == Z_STREAM_END) {
      if (stream.avail_in == 0) return result;
      // Members of gzip may follow each other (RFC 1952, 2.2).
      if (wrapping != Wrapping::gzip || inflateReset(&stream) != Z_OK) return tl::unexpected(Failure::broken);
    } else if (code != Z_OK) {  // Z_BUF_ERROR: the stream has not ended, and its bytes have
      return tl::unexpected(Failure::broken);
    }
  }
}

tl::expected<std::string, Failure> undone(std::string_view coding, std::string_view body, std::size_t most) {
  if (coding == "gzip") return inflated(body, Wrapping::gzip, most);
  auto wrapped = inflated(body, Wrapping::zlib, most);
  if (wrapped || wrapped.error() == Failure::too_large) return wrapped;
  return inflated(body, Wrapping::none, most);
}

// In the order in which they were applied, in lower case, without `identity`.
std::vector<std::string> codings_of(std::span<const HeaderView> headers) {
  std::vector<std::string> codings;
  for (const auto& header : headers) {
    if (!is_named(header, "content-encoding")) continue;
    for (auto list = header.second; !list.empty();) {
      const auto element = list.substr(0, list.find(','));
      list.remove_prefix(std::min(element.size() + 1, list.size()));
      auto coding = lower(trim(element));
      if (coding == "x-gzip") coding = "gzip";  // RFC 9110, 8.4.1.3
      if (!coding.empty() && coding != "identity") codings.push_back(std::move(coding));
    }
  }
  return codings;
}

CodingError error_of(Failure failure, const std::string& coding, std::string_view body, std::size_t most) {
  if (failure == Failure::too_large)
    return {.status = 413,
            .reason = "request body is larger than " + std::to_string(most) + " bytes without its coding '" +
                      coding + "'",
            .suggestion = "Send less: the limit counts after decompression"};
  const auto start = body.find_first_not_of(" \t\r\n");
  const bool looks_plain = start != body.npos && (body[start] == '{' || body[start] == '[');
  return {.status = 400,
          .reason = "request body is not " + coding + ", although 'content-encoding: " + coding + "' says so",
          .suggestion = looks_plain ? "Send the JSON without content-encoding, or compress it"
                                    : "Send the whole compressed body, or JSON without content-encoding"};
}

}  // namespace

bool is_encoded(std::span<const HeaderView> headers) { return !codings_of(headers).empty(); }

tl::expected<std::string, CodingError> decoded_body(std::span<const HeaderView> headers,
                                                    std::string_view body, std::size_t most) {
  const auto codings = codings_of(headers);
  constexpr std::string_view kSuggestion = "Send the JSON as gzip, as deflate, or without content-encoding";
  if (codings.size() > kMostCodings)
    return tl::unexpected(
        CodingError{.status = 415,
                    .reason = "request body has more than " + std::to_string(kMostCodings) + " codings",
                    .suggestion = std::string(kSuggestion)});
  for (const auto& coding : codings)
    if (coding != "gzip" && coding != "deflate")
      return tl::unexpected(CodingError{
          .status = 415,
          .reason = "request body has the coding '" + shortened(coding, 40) + "', which is not read here",
          .suggestion = std::string(kSuggestion)});
  std::string result(body);
  for (const auto& coding : std::views::reverse(codings)) {
    auto plain = undone(coding, result, most);
    if (!plain) return tl::unexpected(error_of(plain.error(), coding, result, most));
    result = std::move(*plain);
  }
  return result;
}

}  // namespace vault_mock::text
