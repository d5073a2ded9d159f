#include "net/request/host.hpp"

#include <gtest/gtest.h>
#include <string>

namespace vault_mock::net {
namespace {

TEST(Host, IsANameOrAnAddressAndPerhapsAPort) {
  for (const char* text : {"a", "localhost", "localhost:4010", "127.0.0.1:80", "unify.apideck.com",
                           "a_b-c.d~", "x:", "x:0", "x:65535", "x:00080", "[::1]", "[::1]:4010",
                           "[2001:db8::1.2.3.4]", "[v1.a:b]", "caf%C3%A9.test", "a,b", "A.B."})
    EXPECT_TRUE(is_host(text)) << text;
}

TEST(Host, IsNothingElse) {
  for (const char* text : {"",
                           ":80",
                           "u@x",
                           "u:p@x",
                           "a b",
                           "x/path",
                           "x?q",
                           "x#f",
                           "x:abc",
                           "x:-1",
                           "x:+1",
                           "x:65536",
                           "x:99999999999999999999",
                           "x:80:80",
                           "x:80 ",
                           "::1",
                           "[::1",
                           "[]",
                           "[::g]",
                           "[::1%25lo]",
                           "[::1]x",
                           "[::1]:x",
                           "[127.0.0.1]",
                           "[v1]",
                           "[v.a]",
                           "[vg.a]",
                           "caf\xc3\xa9",
                           "a%",
                           "a%2",
                           "a%2g",
                           "a\\b",
                           "a\"b",
                           "<a>",
                           "a^b",
                           "a{b}",
                           "http://x",
                           "a, b"})
    EXPECT_FALSE(is_host(text)) << text;
}

}  // namespace
}  // namespace vault_mock::net
