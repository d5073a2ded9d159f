#include "vault/sessions.hpp"

#include <gtest/gtest.h>

namespace vault_mock::vault {
namespace {

// As long as a signature, so that its end alone does not tell one from another by chance.
std::string token(int number) {
  return "eyJhbGciOiJIUzI1NiJ9.payload." + std::to_string(1'000'000 + number) + std::string(36, 's');
}

constexpr std::size_t kPlenty = 100'000'000;

Session session(int number) {
  Session session;
  session.token = token(number);
  session.consumer_id = "consumer-" + std::to_string(number);
  return session;
}

std::size_t add(Sessions& sessions, Session session, std::size_t most_bytes = kPlenty) {
  std::list<Session> displaced;
  return sessions.add(session, most_bytes, displaced);
}

std::size_t add(Sessions& sessions, int number) { return add(sessions, session(number)); }

TEST(Sessions, ForgetTheOldestWhenThereAreMoreThanAThousand) {
  Sessions sessions;
  for (int i = 0; i < 2'500; ++i) add(sessions, i);
  EXPECT_EQ(sessions.newest_first().size(), 1'000u);
  EXPECT_EQ(sessions.newest_first().front().token, token(2'499));
  EXPECT_EQ(sessions.newest_first().back().token, token(1'500));
  for (int i = 0; i < 2'500; ++i) {
    const auto* found = sessions.find(token(i));
    ASSERT_EQ(found != nullptr, i >= 1'500) << i;
    if (found != nullptr) {
      ASSERT_EQ(found->consumer_id, "consumer-" + std::to_string(i));
    }
  }
}

TEST(Sessions, ForgetTheOldestWhenTheyTakeTooManyBytes) {
  Sessions sessions;
  for (int i = 0; i < 100; ++i) {
    auto large = session(i);
    large.token.insert(0, 1'000'000, 'x');
    EXPECT_EQ(add(sessions, std::move(large), 4'500'000), i < 4 ? 0u : 1u);
  }
  EXPECT_EQ(sessions.newest_first().size(), 4u);
  EXPECT_LE(sessions.bytes(), 4'500'000u);
  sessions.clear();
  EXPECT_EQ(sessions.bytes(), 0u);
}

TEST(Sessions, ForgetOneAtOnceThatIsLargerThanAllMayBe) {
  Sessions sessions;
  add(sessions, 1);
  auto large = session(2);
  large.token.insert(0, 1'000'000, 'x');
  const auto text = large.token;
  EXPECT_EQ(add(sessions, large, 500'000), 1u);
  EXPECT_EQ(sessions.find(text), nullptr);
  EXPECT_NE(sessions.find(token(1)), nullptr) << "the others stay";
  std::list<Session> displaced;
  EXPECT_EQ(sessions.end(large, SessionState::revoked, 500'000, displaced), 1u);
  EXPECT_TRUE(sessions.end_of(text));
  EXPECT_LE(sessions.bytes(), 500'000u);
}

TEST(Sessions, CountTheirBytesWhateverBecomesOfThem) {
  Sessions sessions;
  for (int i = 0; i < 1'500; ++i) add(sessions, i);
  for (int i = 700; i < 800; ++i) add(sessions, i);
  Sessions fresh;
  for (const auto& one : sessions.newest_first()) add(fresh, one);
  EXPECT_EQ(sessions.bytes(), fresh.bytes());
}

TEST(Sessions, GoOnRefusingARevokedTokenThatWasForgotten) {
  Sessions sessions;
  add(sessions, 1);
  std::list<Session> displaced;
  auto one = session(1);
  sessions.end(one, SessionState::revoked, kPlenty, displaced);
  EXPECT_TRUE(sessions.end_of(token(1)));
  for (int i = 2; i < 1'500; ++i) add(sessions, i);
  EXPECT_EQ(sessions.find(token(1)), nullptr);
  EXPECT_TRUE(sessions.end_of(token(1)));
  EXPECT_FALSE(sessions.end_of(token(2)));
}

// With a clock that stands still the same consumer gets the same token again.
TEST(Sessions, KeepATokenRevokedThatIsHandedOutAgain) {
  Sessions sessions;
  std::list<Session> displaced;
  add(sessions, 1);
  auto one = session(1);
  sessions.end(one, SessionState::revoked, kPlenty, displaced);
  add(sessions, 1);
  EXPECT_TRUE(sessions.end_of(token(1)));
  for (int i = 2; i < 1'500; ++i) add(sessions, i);
  add(sessions, 1);
  ASSERT_NE(sessions.find(token(1)), nullptr);
  EXPECT_TRUE(sessions.end_of(token(1))) << "forgotten meanwhile, too";
  sessions.clear();
  add(sessions, 1);
  EXPECT_FALSE(sessions.end_of(token(1))) << "a reset takes it back";
}

// Rules make tokens of any text.
TEST(Sessions, TellForgottenTokensApartThatEndAlike) {
  Sessions sessions;
  std::list<Session> displaced;
  auto one = session(1), other = session(2);
  one.token = "one" + std::string(100, 's');
  other.token = "other" + std::string(100, 's');
  const auto revoked = one.token, valid = other.token;
  sessions.end(one, SessionState::revoked, kPlenty, displaced);
  sessions.evict_all(kPlenty, displaced);
  EXPECT_TRUE(sessions.end_of(revoked));
  EXPECT_FALSE(sessions.end_of(valid));
}

std::size_t revoke(Sessions& sessions, int number, std::size_t most_bytes = kPlenty) {
  std::list<Session> displaced;
  auto one = session(number);
  return sessions.end(one, SessionState::revoked, most_bytes, displaced);
}

TEST(Sessions, CountWhatTheyKnowOfRevokedTokensThatWereForgotten) {
  Sessions sessions;
  for (int i = 0; i < 100; ++i) revoke(sessions, i);
  std::list<Session> displaced;
  EXPECT_EQ(sessions.evict_all(kPlenty, displaced), 100u);
  EXPECT_EQ(displaced.size(), 100u);
  EXPECT_TRUE(sessions.newest_first().empty());
  EXPECT_TRUE(sessions.end_of(token(0)));
  EXPECT_GE(sessions.bytes(), 100 * sizeof(std::uint64_t));
  sessions.clear();
  EXPECT_EQ(sessions.bytes(), 0u);
}

TEST(Sessions, KnowAsManyRevokedTokensAsAQuarterOfTheirBytesTakes) {
  Sessions sessions;
  constexpr std::size_t kMost = 100'000;
  for (int i = 0; i < 5'000; ++i) {
    revoke(sessions, i, kMost);
    ASSERT_LE(sessions.bytes(), kMost);
  }
  EXPECT_TRUE(sessions.end_of(token(4'600)));
  EXPECT_EQ(sessions.find(token(4'600)), nullptr);
  EXPECT_FALSE(sessions.end_of(token(0)));
  std::list<Session> displaced;
  sessions.evict_all(kMost, displaced);
  EXPECT_LE(sessions.bytes(), kMost / 4);
  EXPECT_TRUE(sessions.end_of(token(4'999)));
}

TEST(Sessions, MakeATokenThatIsThereAlreadyAnew) {
  Sessions sessions;
  for (int i = 0; i < 1'000; ++i) add(sessions, i);
  add(sessions, 3);
  EXPECT_EQ(sessions.newest_first().size(), 1'000u);
  EXPECT_EQ(sessions.newest_first().front().token, token(3));
  EXPECT_NE(sessions.find(token(0)), nullptr);
}

}  // namespace
}  // namespace vault_mock::vault
