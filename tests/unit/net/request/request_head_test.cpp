#include "net/request/request_head.hpp"

#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace vault_mock::net {
namespace {

Request head_of(std::string_view bytes) {
  Request head;
  const auto read = read_head(bytes, {}, head);
  EXPECT_TRUE(read) << bytes << read.error().reason;
  return head;
}

int status_of(const std::string& bytes, const RequestLimits& limits = {}) {
  Request head;
  const auto read = read_head(bytes, limits, head);
  return read ? 0 : read.error().status;
}

TEST(RequestHead, HasItsLineAndItsFieldsInTheirOrder) {
  const auto head =
      head_of("PATCH /a/b?c=d HTTP/1.1\r\nHost: h:1\r\nx-b:  two words\t \r\nX-A:\r\nx-b: again\r\n\r\n");
  EXPECT_EQ(head.method, "PATCH");
  EXPECT_EQ(head.target, "/a/b?c=d");
  EXPECT_FALSE(head.http_1_0);
  ASSERT_EQ(head.headers.size(), 4U);
  EXPECT_EQ(head.headers[1].first, "x-b");
  EXPECT_EQ(head.headers[1].second, "two words");
  EXPECT_EQ(head.headers[2].first, "X-A");
  EXPECT_EQ(head.headers[2].second, "");
  EXPECT_EQ(head.headers[3].second, "again");
}

TEST(RequestHead, TakesTargetAndHostOutOfAWholeUrl) {
  const auto head = head_of("GET http://host:1/a?b=c HTTP/1.1\r\nX: 1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(head.target, "/a?b=c");
  EXPECT_EQ(head.headers, (std::vector<text::HeaderView>{{"X", "1"}, {"Host", "host:1"}}));
  EXPECT_EQ(head_of("GET HTTPS://host HTTP/1.1\r\nHost: a\r\n\r\n").target, "/");
  EXPECT_EQ(head_of("GET http://host?q=/a HTTP/1.1\r\nHost:\r\n\r\n").target, "?q=/a");
  EXPECT_EQ(head_of("OPTIONS http://host HTTP/1.1\r\nHost: a\r\n\r\n").target, "*");
  EXPECT_EQ(head_of("GET /http://host/a HTTP/1.1\r\nHost: a\r\n\r\n").target, "/http://host/a");
  EXPECT_EQ(head_of("GET http://h/ HTTP/1.0\r\n\r\n").headers,
            (std::vector<text::HeaderView>{{"Host", "h"}}));
}

TEST(RequestHead, HasOneValidHost) {
  for (const std::string fields :
       {"", "Host: a\r\nHost: a", "Host:", "Host: u@x", "Host: a b", "Host: x:abc"}) {
    const auto end = fields.empty() ? "\r\n" : "\r\n\r\n";
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\n" + fields + end), 400) << fields;
  }
  EXPECT_EQ(status_of("GET / HTTP/1.0\r\n\r\n"), 0);
  EXPECT_EQ(status_of("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"), 400);
}

TEST(RequestHead, SaysHowLongTheBodyIs) {
  EXPECT_EQ(head_of("POST / HTTP/1.1\r\nHost: a\r\nContent-LENGTH: 17\r\n\r\n").content_length, 17U);
  EXPECT_EQ(head_of("GET / HTTP/1.1\r\nHost: a\r\n\r\n").content_length, 0U);
  EXPECT_TRUE(head_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n").chunked);
}

TEST(RequestHead, SaysWhetherTheConnectionGoesOn) {
  EXPECT_TRUE(head_of("GET / HTTP/1.1\r\nHost: a\r\n\r\n").keep_alive);
  EXPECT_FALSE(head_of("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").keep_alive);
  EXPECT_FALSE(head_of("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade , CLOSE\r\n\r\n").keep_alive);
  EXPECT_TRUE(head_of("GET / HTTP/1.1\r\nHost: a\r\nConnection: not-close\r\n\r\n").keep_alive);
  EXPECT_FALSE(head_of("GET / HTTP/1.0\r\n\r\n").keep_alive);
  EXPECT_TRUE(head_of("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keep_alive);
}

TEST(RequestHead, SaysWhetherTheClientWaits) {
  EXPECT_TRUE(head_of("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n\r\n").expects_continue);
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
                                                          {"GET / HTTP/1.10", 400},
                                                          {"GET / HTTP/1", 400},
                                                          {"GET / HTTP/1.x", 400},
                                                          {"GET * HTTP/1.1", 400},
                                                          {"GET /#a HTTP/1.1", 400},
                                                          {"GET /%4 HTTP/1.1", 400},
                                                          {"GET /caf\xc3\xa9 HTTP/1.1", 400},
                                                          {"GET ftp://h/ HTTP/1.1", 400},
                                                          {"GET http://u@h/ HTTP/1.1", 400},
                                                          {"GET http:///a HTTP/1.1", 400},
                                                          {"GET / HTTP/1.2", 0},
                                                          {"GET / HTTP/2.0", 505},
                                                          {"GET / HTTP/0.9", 505},
                                                          {"PRI * HTTP/2.0", 505},
                                                          {"BREW / HTTP/1.1", 501},
                                                          {"get / HTTP/1.1", 501},
                                                          {"TRACE / HTTP/1.1", 405},
                                                          {"CONNECT a:1 HTTP/1.1", 405}})
    EXPECT_EQ(status_of(std::string(line) + "\r\nHost: a\r\n\r\n"), status) << line;
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
           {"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", 501},
           {"Transfer-Encoding: identity", 400},
           {"Transfer-Encoding: chunked, gzip", 400},
           {"Transfer-Encoding: chunked, chunked", 400},
           {"Transfer-Encoding: chunked;a=b", 400},
           {"Transfer-Encoding:", 400},
           {"Transfer-Encoding: , chunked,", 0},
           {"Expect: a miracle", 417},
           {"no colon", 400},
           {": no name", 400},
           {"name : blank before the colon", 400},
           {"a: 1\r\n folded", 400},
           {"a: 1\nb: 2", 400},
           {"a: nul\x01", 400},
           {"a: bare\rreturn", 400},
           {"na\xefme: 1", 400}})
    EXPECT_EQ(status_of("POST / HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n\r\n"), status)
        << fields;
  EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
  EXPECT_EQ(status_of(std::string("GET / HTTP/1.1\r\nHost: a\r\na: \0\r\n\r\n", 34)), 400);
}

TEST(RequestHead, HasLimits) {
  const std::string fields_1024(1024, 'v');
  EXPECT_EQ(status_of("GET /" + std::string(16383, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
  EXPECT_EQ(status_of("GET /" + std::string(16384, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\r\na: " + std::string(60'000, 'v') + "\r\n\r\n"), 0);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\r\na: " + std::string(66'000, 'v') + "\r\n\r\n"), 431);
  std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 1; i < 128; ++i) many += "a: 1\r\n";
  EXPECT_EQ(status_of(many + "\r\n"), 0);
  EXPECT_EQ(status_of(many + "a: 1\r\n\r\n"), 431);
}

TEST(RequestHead, AllowsBytesBeyondAsciiInValues) {
  const auto head = head_of("GET / HTTP/1.1\r\nHost: a\r\nname: J\xfcrgen\r\n\r\n");
  EXPECT_EQ(head.headers[1].second, "J\xfcrgen");
}

}  // namespace
}  // namespace vault_mock::net
