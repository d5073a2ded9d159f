#include "http/request_head.hpp"

#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace vault_mock::http {
namespace {

RequestHead head_of(std::string_view bytes) {
  RequestHead head;
  const auto read = read_head(bytes, {}, head);
  EXPECT_TRUE(read) << bytes << read.error().reason;
  return head;
}

int status_of(const std::string& bytes, const RequestLimits& limits = {}) {
  RequestHead head;
  const auto read = read_head(bytes, limits, head);
  return read ? 0 : read.error().status;
}

TEST(RequestHead, HasItsLineAndItsFieldsInTheirOrder) {
  const auto head =
      head_of("PATCH /a/b?c=d HTTP/1.1\r\nHost: h:1\r\nx-b:  two words\t \r\nX-A:\r\nx-b: again\r\n\r\n");
  EXPECT_EQ(head.method, "PATCH");
  EXPECT_EQ(head.target, "/a/b?c=d");
  EXPECT_FALSE(head.http_1_0);
  ASSERT_EQ(head.fields.size(), 4U);
  EXPECT_EQ(head.fields[1].first, "x-b");
  EXPECT_EQ(head.fields[1].second, "two words");
  EXPECT_EQ(head.fields[2].first, "X-A");
  EXPECT_EQ(head.fields[2].second, "");
  EXPECT_EQ(head.fields[3].second, "again");
}

TEST(RequestHead, TakesTheTargetOutOfAWholeUrl) {
  EXPECT_EQ(head_of("GET http://host:1/a?b=c HTTP/1.1\r\n\r\n").target, "/a?b=c");
  EXPECT_EQ(head_of("GET HTTPS://host HTTP/1.1\r\n\r\n").target, "/");
  EXPECT_EQ(head_of("GET /http://host/a HTTP/1.1\r\n\r\n").target, "/http://host/a");
}

TEST(RequestHead, SaysHowLongTheBodyIs) {
  EXPECT_EQ(head_of("POST / HTTP/1.1\r\nContent-LENGTH: 17\r\n\r\n").content_length, 17U);
  EXPECT_EQ(head_of("GET / HTTP/1.1\r\n\r\n").content_length, 0U);
  EXPECT_TRUE(head_of("POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n").chunked);
}

TEST(RequestHead, SaysWhetherTheConnectionGoesOn) {
  EXPECT_TRUE(head_of("GET / HTTP/1.1\r\n\r\n").keep_alive);
  EXPECT_FALSE(head_of("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").keep_alive);
  EXPECT_FALSE(head_of("GET / HTTP/1.1\r\nConnection: upgrade , CLOSE\r\n\r\n").keep_alive);
  EXPECT_TRUE(head_of("GET / HTTP/1.1\r\nConnection: not-close\r\n\r\n").keep_alive);
  EXPECT_FALSE(head_of("GET / HTTP/1.0\r\n\r\n").keep_alive);
  EXPECT_TRUE(head_of("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keep_alive);
}

TEST(RequestHead, SaysWhetherTheClientWaits) {
  EXPECT_TRUE(head_of("PUT / HTTP/1.1\r\nExpect: 100-Continue\r\n\r\n").expects_continue);
  EXPECT_FALSE(head_of("PUT / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n").expects_continue);
}

TEST(RequestHead, RefusesWhatIsNotARequest) {
  for (const auto& [line, status] :
       std::initializer_list<std::pair<const char*, int>>{{"GET", 400},
                                                          {"GET /", 400},
                                                          {"GET  HTTP/1.1", 400},
                                                          {"GET / a HTTP/1.1", 400},
                                                          {"GET / http/1.1", 400},
                                                          {"GET / HTTP/1.1 ", 400},
                                                          {" GET / HTTP/1.1", 400},
                                                          {"G\"T / HTTP/1.1", 400},
                                                          {"GET /\x01 HTTP/1.1", 400},
                                                          {"GET / HTTP/2.0", 505},
                                                          {"GET / HTTP/0.9", 505},
                                                          {"PRI * HTTP/2.0", 505},
                                                          {"BREW / HTTP/1.1", 501},
                                                          {"get / HTTP/1.1", 501},
                                                          {"TRACE / HTTP/1.1", 405},
                                                          {"CONNECT a:1 HTTP/1.1", 405}})
    EXPECT_EQ(status_of(std::string(line) + "\r\n\r\n"), status) << line;
}

TEST(RequestHead, RefusesFieldsThatCouldBeReadInTwoWays) {
  for (const auto& [fields, status] : std::initializer_list<std::pair<const char*, int>>{
           {"Content-Length: 1\r\nContent-Length: 2", 400},
           {"Content-Length: 1\r\nContent-Length: 1", 400},
           {"Content-Length: 1, 1", 400},
           {"Content-Length: +1", 400},
           {"Content-Length: -1", 400},
           {"Content-Length: 0x1", 400},
           {"Content-Length: 1 2", 400},
           {"Content-Length:", 400},
           {"Content-Length: 99999999999999999999999999", 413},
           {"Content-Length: 1048577", 413},
           {"Content-Length: 1\r\nTransfer-Encoding: chunked", 400},
           {"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", 400},
           {"Transfer-Encoding: gzip, chunked", 501},
           {"Transfer-Encoding: identity", 501},
           {"Expect: a miracle", 417},
           {"no colon", 400},
           {": no name", 400},
           {"name : blank before the colon", 400},
           {"a: 1\r\n folded", 400},
           {"a: 1\nb: 2", 400},
           {"a: nul\x01", 400},
           {"a: bare\rreturn", 400},
           {"na\xefme: 1", 400}})
    EXPECT_EQ(status_of("POST / HTTP/1.1\r\n" + std::string(fields) + "\r\n\r\n"), status) << fields;
  EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
  EXPECT_EQ(status_of(std::string("GET / HTTP/1.1\r\na: \0\r\n\r\n", 25)), 400);
}

TEST(RequestHead, HasLimits) {
  const std::string fields_1024(1024, 'v');
  EXPECT_EQ(status_of("GET /" + std::string(16383, 'a') + " HTTP/1.1\r\n\r\n"), 0);
  EXPECT_EQ(status_of("GET /" + std::string(16384, 'a') + " HTTP/1.1\r\n\r\n"), 414);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\na: " + std::string(60'000, 'v') + "\r\n\r\n"), 0);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\na: " + std::string(66'000, 'v') + "\r\n\r\n"), 431);
  std::string many = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 128; ++i) many += "a: 1\r\n";
  EXPECT_EQ(status_of(many + "\r\n"), 0);
  EXPECT_EQ(status_of(many + "a: 1\r\n\r\n"), 431);
}

TEST(RequestHead, AllowsBytesBeyondAsciiInTargetsAndValues) {
  const auto head = head_of("GET /caf\xc3\xa9 HTTP/1.1\r\nname: J\xfcrgen\r\n\r\n");
  EXPECT_EQ(head.target, "/caf\xc3\xa9");
  EXPECT_EQ(head.fields[0].second, "J\xfcrgen");
}

}  // namespace
}  // namespace vault_mock::http
