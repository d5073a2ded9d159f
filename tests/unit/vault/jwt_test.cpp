#include "vault/jwt.hpp"

#include <gtest/gtest.h>

#include "vault/base64url.hpp"

namespace vault_mock::vault {
namespace {

constexpr std::string_view kSecret = "vault-mock-secret";

// A token of any header and payload, rightly signed.
std::string forged(std::string_view header, std::string_view payload, std::string_view secret = kSecret) {
  std::string token;
  append_base64url(token, header);
  token += '.';
  append_base64url(token, payload);
  const auto signature = hmac_sha256(secret, token);
  token += '.';
  append_base64url(token, signature);
  return token;
}

JwtFault fault_of(std::string_view token) {
  const auto claims = verify_jwt(token, kSecret);
  EXPECT_FALSE(claims) << token;
  return claims ? JwtFault::malformed : claims.error();
}

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    text += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    text += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

TEST(Hmac, IsThatOfRfc4231) {
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(
      hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hmac, TakesKeysOfAnyLength) {
  // Of the message "m", by Python's hmac.
  EXPECT_EQ(hex(hmac_sha256("", "m")), "a64092104c76d9ef65599c33c177609ecd49857456eb28133c4daea25bea960a");
  EXPECT_EQ(hex(hmac_sha256(std::string(64, 'k'), "m")),
            "3b7a8d453e76edb519238a515105a57508d0f169f480ebeee120a9e7803289fa");
  EXPECT_EQ(hex(hmac_sha256(std::string(65, 'k'), "m")),
            "c2d7d4c2256ddb097409ec0c67e1d58fa1a007fc6932cac0d892a525d08af7cc");
}

TEST(Jwt, IsSignedAsAnyOtherLibraryWould) {
  EXPECT_EQ(sign_jwt(R"({"consumer_id":"test-consumer"})", kSecret),
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJjb25zdW1lcl9pZCI6InRlc3QtY29uc3VtZXIifQ."
            "vdfbLBwmQ2vlyWjhbFFi4UFTsG-f7olyyxX8MeyIaFs");
}

TEST(Jwt, VerifiesWhatItSigned) {
  const auto claims = verify_jwt(sign_jwt(R"({"a":[1,"é"]})", kSecret), kSecret);
  ASSERT_TRUE(claims);
  EXPECT_EQ(*claims, nlohmann::json::parse(R"({"a":[1,"é"]})"));
}

TEST(Jwt, TakesTheHeaderInAnyOrderAsLongAsItIsHs256) {
  EXPECT_TRUE(verify_jwt(forged(R"({"typ":"JWT","alg":"HS256"})", "{}"), kSecret));
  EXPECT_TRUE(verify_jwt(forged(R"({"alg":"HS256"})", "{}"), kSecret));
}

TEST(Jwt, RefusesAnotherSecretAndAChangedPayload) {
  EXPECT_EQ(fault_of(sign_jwt("{}", "another")), JwtFault::bad_signature);
  auto token = sign_jwt(R"({"a":1})", kSecret);
  std::string payload;
  append_base64url(payload, R"({"a":2})");
  token.replace(token.find('.') + 1, payload.size(), payload);
  EXPECT_EQ(fault_of(token), JwtFault::bad_signature);
  EXPECT_EQ(fault_of(sign_jwt("{}", kSecret).substr(0, 60)), JwtFault::bad_signature);
}

TEST(Jwt, RefusesAnAlgorithmThatIsNone) {
  EXPECT_EQ(fault_of(forged(R"({"alg":"none"})", "{}")), JwtFault::malformed);
  EXPECT_EQ(fault_of(forged(R"({"alg":"HS512"})", "{}")), JwtFault::malformed);
  EXPECT_EQ(fault_of(forged("{}", "{}")), JwtFault::malformed);
}

TEST(Jwt, RefusesWhatIsNoToken) {
  for (const auto* token :
       {"", ".", "..", "a.b", "a.b.c.d", "eyJhbGciOiJIUzI1NiJ9.e30", "eyJhbGciOiJIUzI1NiJ9.e30.", "%.%.%"})
    EXPECT_EQ(fault_of(token), std::string_view(token) == "eyJhbGciOiJIUzI1NiJ9.e30."
                                   ? JwtFault::bad_signature
                                   : JwtFault::malformed)
        << token;
  EXPECT_EQ(fault_of(forged("[]", "{}")), JwtFault::malformed);
  EXPECT_EQ(fault_of(forged(R"({"alg":"HS256"})", "[]")), JwtFault::malformed);
  EXPECT_EQ(fault_of(forged(R"({"alg":"HS256"})", "{")), JwtFault::malformed);
  EXPECT_EQ(fault_of(forged(R"({"alg":["HS256"]})", "{}")), JwtFault::malformed);
}

TEST(LooksLikeJwt, TellsTokensFromKeys) {
  EXPECT_TRUE(looks_like_jwt("eyJhbGciOiJIUzI1NiJ9.e30.x"));
  EXPECT_FALSE(looks_like_jwt("sk_live_1234"));
  EXPECT_FALSE(looks_like_jwt("eyJ"));
  EXPECT_FALSE(looks_like_jwt("eyJ.x"));
  EXPECT_FALSE(looks_like_jwt("a.b.c"));
}

}  // namespace
}  // namespace vault_mock::vault
