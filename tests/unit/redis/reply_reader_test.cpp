#include "redis/reply_reader.hpp"

#include <gtest/gtest.h>

namespace vault_mock::redis {
namespace {

Reply read(std::string_view bytes) {
  ReplyReader reader;
  EXPECT_TRUE(reader.feed(bytes));
  const auto reply = reader.next();
  EXPECT_TRUE(reply.has_value()) << bytes << ": " << (reply ? "" : reply.error());
  EXPECT_TRUE(reply && *reply) << bytes;
  return reply && *reply ? **reply : Reply{};
}

TEST(ReplyReader, ReadsEveryKind) {
  EXPECT_EQ(read("+OK\r\n").text, "OK");
  EXPECT_EQ(read("$3\r\na\r\n\r\n").text, "a\r\n");
  EXPECT_EQ(read(":-12\r\n").integer, -12);
  EXPECT_EQ(read("$-1\r\n").kind, Reply::Kind::nil);
  EXPECT_EQ(read("*-1\r\n").kind, Reply::Kind::nil);
  EXPECT_EQ(read("*0\r\n").kind, Reply::Kind::list);
  EXPECT_TRUE(read("-ERR no\r\n").is_error());
}

TEST(ReplyReader, TellsErrorsByTheirCode) {
  EXPECT_TRUE(read("-NOSCRIPT No matching script\r\n").is_error("NOSCRIPT"));
  EXPECT_FALSE(read("-NOSCRIPT No matching script\r\n").is_error("NO"));
  EXPECT_TRUE(read("-BUSY\r\n").is_error("BUSY"));
  EXPECT_FALSE(read("+BUSY\r\n").is_error("BUSY"));
}

TEST(ReplyReader, ReadsListsOfLists) {
  const auto reply = read("*3\r\n*2\r\n:1\r\n*1\r\n$1\r\na\r\n-ERR b\r\n*2\r\n$-1\r\n+c\r\n");
  ASSERT_EQ(reply.list.size(), 3U);
  EXPECT_EQ(reply.list[0].list.at(1).list.at(0).text, "a");
  EXPECT_TRUE(reply.list[1].is_error("ERR"));
  EXPECT_EQ(reply.list[2].list.at(1).text, "c");
}

TEST(ReplyReader, WaitsForTheRest) {
  ReplyReader reader;
  for (const char byte : std::string_view("*2\r\n$2\r\nab\r\n:7\r\n")) {
    const auto reply = reader.next();
    ASSERT_TRUE(reply.has_value());
    EXPECT_FALSE(reply->has_value());
    reader.feed({&byte, 1});
  }
  const auto reply = reader.next();
  ASSERT_TRUE(reply && *reply);
  EXPECT_EQ((*reply)->list.at(1).integer, 7);
}

TEST(ReplyReader, SaysWhatIsNotTheProtocol) {
  for (const auto* bytes : {"HTTP/1.1 400 Bad Request\r\n", "$x\r\n", "*-2\r\n", ":1x\r\n", "$-2\r\n", "\r\n",
                            "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
                            "$99999999999999999999\r\n", "\x15\x03\x01\x00\x02\x02\x50"}) {
    ReplyReader reader;
    reader.feed(bytes);
    const auto reply = reader.next();
    ASSERT_FALSE(reply.has_value()) << bytes;
    EXPECT_NE(reply.error(), "");
    EXPECT_FALSE(reader.next().has_value()) << "nothing more can be read";
  }
}

TEST(ReplyReader, RefusesAReplyThatIsTooLarge) {
  const std::string part(std::size_t{1} << 20, 'x');
  ReplyReader text;
  EXPECT_TRUE(text.feed("$1000000000\r\n"));
  std::size_t fed = 0;
  while (fed <= ReplyReader::kMost && text.next() && text.feed(part)) fed += part.size();
  EXPECT_TRUE(text.is_too_large());
  EXPECT_LE(fed, ReplyReader::kMost);

  // Numbers take more than the four bytes that they come as.
  ReplyReader numbers;
  EXPECT_TRUE(numbers.feed("*1000000000\r\n"));
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += ":1\r\n";
  for (fed = 0; fed <= ReplyReader::kMost && numbers.feed(many) && numbers.next();) fed += many.size();
  EXPECT_TRUE(numbers.is_too_large());
  EXPECT_LT(fed, ReplyReader::kMost / 8);
}

TEST(ReplyReader, CountsEachReplyForItself) {
  ReplyReader reader;
  const std::string part(std::size_t{1} << 20, 'x');
  for (std::size_t sum = 0; sum <= ReplyReader::kMost; sum += part.size()) {
    ASSERT_TRUE(reader.feed("$1048576\r\n") && reader.feed(part) && reader.feed("\r\n"));
    const auto reply = reader.next();
    ASSERT_TRUE(reply && *reply);
  }
}

// A list is as long as what has come of it, whatever it says.
TEST(ReplyReader, TakesNoMemoryForWhatWasOnlyAnnounced) {
  ReplyReader reader;
  reader.feed("*2147483647\r\n:1\r\n");
  const auto reply = reader.next();
  ASSERT_TRUE(reply.has_value());
  EXPECT_FALSE(reply->has_value());
}

}  // namespace
}  // namespace vault_mock::redis
