#include "net/request/request_reader.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace vault_mock::net {
namespace {

using Progress = RequestReader::Progress;

// What a reader makes of input that arrives in pieces of `size`: a line for each request, "!status" for a
// refusal, "…" for a request that has begun and not ended.
std::string read_in_pieces(std::string_view input, std::size_t size, const RequestLimits& limits = {}) {
  RequestReader reader;
  ReceivedRequest received;
  std::string story;
  for (; !input.empty(); input.remove_prefix(std::min(size, input.size()))) {
    const std::string owned(input.substr(0, size));  // so that sanitizers see a view that outlives its piece
    std::string_view piece = owned;
    while (!piece.empty()) {
      const auto progress = reader.read(piece, limits, received);
      if (progress == Progress::refused) return story + "!" + std::to_string(received.refusal.status);
      if (progress == Progress::incomplete) {
        EXPECT_TRUE(piece.empty());
        continue;
      }
      const auto& head = received.request;
      story += std::string(head.method) + " " + std::string(head.target) + " " +
               std::to_string(head.headers.size()) + " [" + received.body + "]\n";
    }
  }
  return story + (reader.started() ? "…" : "");
}

void expect_story(std::string_view input, const std::string& story) {
  for (std::size_t size = 1; size <= input.size(); ++size)
    ASSERT_EQ(read_in_pieces(input, size), story) << "in pieces of " << size << ": " << input;
}

TEST(RequestReader, ReadsTheSameWhereverTheInputIsCut) {
  expect_story(
      "\r\nGET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
      "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
      "GET /3 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
      "PUT /4 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4 ; x = \"y;\"\r\nabcd\r\n00A"
      "\r\n0123456789\r\n0\r\nt: 1\r\nu: 2\r\n\r\n"
      "\r\n\r\nDELETE /5 HTTP/1.1\r\nHost: a\r\n\r\nPOST /6 HTTP/1.1\r\nHost: a\r\nContent-Length: "
      "5\r\n\r\nhell",
      "GET /1 1 []\nPOST /2 2 [hello]\nGET /3 2 [hi]\nPUT /4 2 [abcd0123456789]\nDELETE /5 1 []\n…");
}

TEST(RequestReader, RefusesTheSameWhereverTheInputIsCut) {
  const std::string chunked = "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string body : {"x\r\n",
                                 "\r\n",
                                 "-1\r\n",
                                 "5\nhello",
                                 "5\r\nhelloX\r\n",
                                 "5\r\nhello\r\r",
                                 "5\rX",
                                 ";a\r\n",
                                 "1;a\nb",
                                 "0\r\n\nx",
                                 "0\r\n\rX",
                                 "2 x\r\n",
                                 "2 \r\n",
                                 "0x2\r\n",
                                 "+2\r\n",
                                 "2;\r\n",
                                 "2;a=\r\n",
                                 "2;a=\"b\r\n",
                                 "0\r\nno colon\r\n",
                                 "0\r\na: 1\n",
                                 "0\r\na : 1\r\n",
                                 "0\r\n: 1\r\n",
                                 "0\r\na: 1\r\n folded\r\n"})
    expect_story(chunked + body, "!400");
  expect_story(chunked + "FFFFFFFFFFFFFFF\r\n", "!413");
  expect_story(chunked + "0000000000000000000100001\r\n", "!413");
  expect_story(chunked + "100001\r\n", "!413");
  expect_story("GET / HTTP/1.1\nHost: a\n\n", "!400");
  expect_story("BREW / HTTP/1.1\r\nHost: a\n\r\n\r\n", "!501");
  expect_story("\nGET / HTTP/1.1\r\n", "!400");
  expect_story("\r\rGET / HTTP/1.1\r\n", "!400");
  expect_story("\x16\x03\x01 a TLS client", "!400");
  expect_story("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "!400");
}

TEST(RequestReader, RefusesAnEndlessHeadBeforeItEnds) {
  EXPECT_EQ(read_in_pieces("GET /" + std::string(17000, 'a'), 100), "!414");
  EXPECT_EQ(read_in_pieces("GET / HTTP/1.1\r\nHost: a\r\na: " + std::string(70'000, 'a'), 1000), "!431");
}

// The head is 70,000 bytes, of which the first lines are broken or not: what comes first decides.
TEST(RequestReader, RefusesALargeHeadTheSameWhereverTheInputIsCut) {
  const std::string rest = "\r\nHost: a\r\na: " + std::string(70'000, 'a') + "\r\n\r\n";
  for (const auto& [line, status] : {std::pair("GET / HTTP/1.1", "!431"), {"BREW / HTTP/1.1", "!501"}})
    for (const std::size_t size : {std::size_t{1}, std::size_t{1'000}, rest.size() + 20})
      EXPECT_EQ(read_in_pieces(line + rest, size), status) << line << " in pieces of " << size;
}

TEST(RequestReader, RefusesALongTargetBeforeItsHeadEndsWhereverTheInputIsCut) {
  const auto input = "GET /" + std::string(17'000, 'a') + " HTTP/1.1\r\nHost: a\r\n";
  for (const std::size_t size : {std::size_t{100}, std::size_t{16'999}, input.size()})
    EXPECT_EQ(read_in_pieces(input, size), "!414") << "in pieces of " << size;
}

TEST(RequestReader, RefusesEndlessExtensionsAndTrailers) {
  const std::string chunked = "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(read_in_pieces(chunked + "1;" + std::string(70'000, 'a'), 1000), "!431");
  std::string trailers = chunked + "0\r\n";
  for (int i = 0; i < 7'000; ++i) trailers += "trailer: 1\r\n";
  EXPECT_EQ(read_in_pieces(trailers, 1000), "!431");
}

TEST(RequestReader, AddsUpChunksAgainstTheLimit) {
  const RequestLimits limits{.max_body_bytes = 10};
  const std::string chunked = "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(read_in_pieces(chunked + "5\r\nabcde\r\n5\r\nfghij\r\n0\r\n\r\n", 7, limits),
            "PUT / 2 [abcdefghij]\n");
  EXPECT_EQ(read_in_pieces(chunked + "5\r\nabcde\r\n6\r\nfghijk\r\n0\r\n\r\n", 7, limits), "!413");
}

TEST(RequestReader, AsksTheClientToGoOnOnceAndOnlyIfItWaits) {
  RequestReader reader;
  ReceivedRequest received;
  std::string_view input = "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
  EXPECT_EQ(reader.read(input, {}, received), Progress::incomplete);
  EXPECT_TRUE(reader.take_wants_continue());
  EXPECT_FALSE(reader.take_wants_continue());
  input = "ab";
  EXPECT_EQ(reader.read(input, {}, received), Progress::complete);
  input = "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\na";
  EXPECT_EQ(reader.read(input, {}, received), Progress::incomplete);
  EXPECT_FALSE(reader.take_wants_continue());
}

}  // namespace
}  // namespace vault_mock::net
