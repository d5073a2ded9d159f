#include "app/authority/authority.hpp"

#include <gtest/gtest.h>

#include "net/tls/tls_context.hpp"
#include "net/tls/trust.hpp"

namespace vault_mock::app {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr std::chrono::sys_seconds kNow = std::chrono::sys_days(std::chrono::year(2027) / 3 / 4) + 5h;
const std::vector<std::string> kNames = {"localhost", "*.mock.test", "127.0.0.1", "::1"};

TEST(Authority, SaysWhoItIs) {
  const auto authority = make_authority("Vault Mock of ann@laptop", kNow);
  const auto facts = read_facts(authority.certificates).value();
  EXPECT_EQ(facts.name, "Vault Mock of ann@laptop");
  EXPECT_TRUE(facts.is_authority);
  EXPECT_EQ(facts.valid_from, kNow - days(1));
  EXPECT_EQ(facts.valid_until, kNow - days(1) + days(3653));
  EXPECT_EQ(facts.fingerprint.size(), 32 * 3 - 1);
}

TEST(Authority, IsNeverTheSameTwice) {
  const auto one = make_authority("a", kNow), other = make_authority("a", kNow);
  EXPECT_NE(one.key, other.key);
  EXPECT_FALSE(net::contains_certificate(one.certificates, other.certificates));
  EXPECT_TRUE(net::contains_certificate(other.certificates + one.certificates, one.certificates));
}

TEST(Authority, TakesAnyNameForItself) {
  for (const auto& name : {std::string(300, 'n'), std::string("caf\xc3\xa9 \xff\n"), std::string("x")})
    EXPECT_LE(read_facts(make_authority(name, kNow).certificates).value().name.size(), 64U) << name;
}

TEST(Authority, IssuesCertificatesWithTheirOwnKey) {
  const auto authority = make_authority("a", kNow);
  const auto issued = issue(authority, kNames, kNow).value();
  const auto facts = read_facts(issued.certificates).value();
  EXPECT_FALSE(facts.is_authority);
  EXPECT_LE(facts.valid_until - facts.valid_from, days(398));
  EXPECT_NE(issued.key, authority.key);
  EXPECT_TRUE(net::TlsContext::create(issued, nullptr));
}

TEST(Authority, IssuesNothingWithTheKeyOfAnother) {
  auto authority = make_authority("a", kNow);
  authority.key = make_authority("b", kNow).key;
  EXPECT_EQ(issue(authority, kNames, kNow).error(), "its key does not belong to its certificate");
}

TEST(Authority, IssuesNothingAfterItsEnd) {
  const auto authority = make_authority("a", kNow);
  EXPECT_TRUE(issue(authority, kNames, kNow + days(3651)));
  EXPECT_EQ(issue(authority, kNames, kNow + days(3660)).error(), "it has expired (8 days ago)");
}

TEST(Authority, IsNotTrustedByTheSystem) {
  EXPECT_FALSE(net::is_trusted_by_system(make_authority("a", kNow).certificates));
  EXPECT_FALSE(net::is_trusted_by_system("rubbish"));
}

TEST(CertificateName, IsAHostNameOrAnAddress) {
  for (const auto* name :
       {"localhost", "a.b.test", "*.test", "my_service", "127.0.0.1", "::1", "fd00::7", "A-1"})
    EXPECT_TRUE(is_certificate_name(name)) << name;
  for (const auto& name :
       {std::string(), std::string("a b"), std::string(".a"), std::string("a."), std::string("a..b"),
        std::string("*"), std::string("a.*.b"), std::string("https://a"), std::string("a:1"),
        std::string("a,DNS:b"), std::string("b\0c", 3), std::string(254, 'a')})
    EXPECT_FALSE(is_certificate_name(name)) << name;
}

TEST(Credentials, AreRefusedInWords) {
  const auto good = make_authority("a", kNow);
  const auto words = [](net::Credentials credentials) {
    return net::TlsContext::create(credentials, nullptr).error();
  };
  EXPECT_EQ(words({"", good.key}),
            "the certificate file holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
  EXPECT_EQ(words({good.certificates, "x"}),
            "the key file holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)");
  EXPECT_EQ(words({good.certificates, make_authority("b", kNow).key}),
            "the key is not that of the certificate");
  auto cut = good.certificates;
  cut.erase(200, 40);
  EXPECT_TRUE(words({cut, good.key}).starts_with("the certificate file holds a broken certificate"))
      << words({cut, good.key});
  EXPECT_TRUE(words({good.certificates, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
                  .starts_with("the key file holds a broken key"));
}

}  // namespace
}  // namespace vault_mock::app
