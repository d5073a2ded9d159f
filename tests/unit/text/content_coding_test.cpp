// Bodies with codings: those that are undone, those that are broken, and how far one may unfold.
#include "text/content_coding.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

namespace vault_mock::text {
namespace {

constexpr int kGzip = MAX_WBITS + 16, kZlib = MAX_WBITS, kRaw = -MAX_WBITS;

std::string packed(std::string text, int wrapping) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, wrapping, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string result(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

constexpr std::size_t kMost = 1000;

tl::expected<std::string, CodingError> decoded(std::string_view codings, std::string_view body) {
  const HeaderView header{"Content-Encoding", codings};
  return decoded_body(std::span(&header, 1), body, kMost);
}

int status_of(std::string_view codings, std::string_view body) {
  const auto plain = decoded(codings, body);
  if (plain) return 200;
  for (const char c : plain.error().suggestion) EXPECT_TRUE(c >= ' ' && c <= '~') << plain.error().suggestion;
  EXPECT_FALSE(plain.error().reason.empty());
  return plain.error().status;
}

TEST(ContentCodings, AreUndone) {
  const std::string text = R"({"redirect_uri":"https://a.example"})";
  EXPECT_EQ(decoded("gzip", packed(text, kGzip)), text);
  EXPECT_EQ(decoded("X-Gzip", packed(text, kGzip)), text);
  EXPECT_EQ(decoded("deflate", packed(text, kZlib)), text);
  EXPECT_EQ(decoded("deflate", packed(text, kRaw)), text);
  EXPECT_EQ(decoded("gzip", packed("", kGzip)), "");
  EXPECT_EQ(decoded("gzip", packed("a", kGzip) + packed("", kGzip) + packed("b", kGzip)), "ab");
  EXPECT_EQ(decoded(" deflate,, identity , gzip", packed(packed(text, kZlib), kGzip)), text);
  EXPECT_EQ(decoded("identity", text), text);
}

TEST(ContentCodings, AreUndoneFromTheLastFieldToTheFirst) {
  const std::vector<HeaderView> headers = {
      {"content-encoding", "deflate"}, {"accept", "br"}, {"CONTENT-ENCODING", "gzip"}};
  EXPECT_TRUE(is_encoded(headers));
  EXPECT_EQ(decoded_body(headers, packed(packed("x", kZlib), kGzip), kMost), "x");
}

TEST(ContentCodings, ThatTheBodyDoesNotHaveAreBroken) {
  const auto gzip = packed("text", kGzip);
  EXPECT_EQ(status_of("gzip", "{}"), 400);
  EXPECT_EQ(status_of("gzip", gzip.substr(0, gzip.size() - 1)), 400);
  EXPECT_EQ(status_of("gzip", gzip + "x"), 400);
  EXPECT_EQ(status_of("gzip", packed("text", kZlib)), 400);
  EXPECT_EQ(status_of("deflate", gzip), 400);
  EXPECT_EQ(status_of("deflate", packed("text", kZlib) + "x"), 400);
  EXPECT_EQ(status_of("deflate, gzip", gzip), 400);
  auto wrong_sum = gzip;
  wrong_sum[wrong_sum.size() - 8] ^= 1;
  EXPECT_EQ(status_of("gzip", wrong_sum), 400);
  EXPECT_NE(decoded("gzip", "{}").error().suggestion.find("without content-encoding"), std::string::npos);
}

TEST(ContentCodings, ThatAreUnknownOrTooManyAreRefusedUnread) {
  EXPECT_EQ(status_of("br", "x"), 415);
  EXPECT_EQ(status_of("gzip, zstd", "x"), 415);
  EXPECT_EQ(status_of("gzip gzip", "x"), 415);
  EXPECT_EQ(status_of("gzip, gzip, gzip, gzip", packed("x", kGzip)), 415);
  EXPECT_EQ(decoded("b\xffr", "x").error().status, 415);
}

TEST(ContentCodings, UnfoldWithinTheLimitAtEachStep) {
  const std::string most(kMost, 'x'), more(kMost + 1, 'x'), bomb(4'000'000, 'x');
  EXPECT_EQ(decoded("gzip", packed(most, kGzip)), most);
  for (const auto* text : {&more, &bomb}) {
    EXPECT_EQ(status_of("gzip", packed(*text, kGzip)), 413);
    EXPECT_EQ(status_of("deflate", packed(*text, kZlib)), 413);
    EXPECT_EQ(status_of("deflate", packed(*text, kRaw)), 413);
    EXPECT_EQ(status_of("gzip, gzip", packed(packed(*text, kGzip), kGzip)), 413);
  }
  // What is in between counts, too.
  EXPECT_EQ(status_of("gzip, deflate", packed(packed("x", kGzip) + std::string(4'000'000, '\0'), kZlib)),
            413);
}

TEST(ContentCodings, OfNoFieldAreNone) {
  EXPECT_FALSE(is_encoded({}));
  const HeaderView identity{"content-encoding", " Identity ,"};
  EXPECT_FALSE(is_encoded(std::span(&identity, 1)));
}

}  // namespace
}  // namespace vault_mock::text
