#include "net/respond.hpp"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <vector>

namespace vault_mock::net {
namespace {

// Throws whatever it is asked, and keeps what it is told.
class ThrowingHandler final : public Handler {
 public:
  Answer handle(const Request&) override { throw std::runtime_error("no answer"); }
  Answer refuse(const Refusal&) override { throw std::runtime_error("no refusal either"); }
  void report(std::string_view failure) override { reported.emplace_back(failure); }

  std::vector<std::string> reported;
};

TEST(Respond, ReportsARefusalThatThrows) {
  ThrowingHandler handler;
  Framing framing;
  const auto answer = respond(handler, Refusal{400, "the request is broken"}, framing);
  EXPECT_EQ(answer.status, 500);
  EXPECT_TRUE(framing.close);
  EXPECT_EQ(handler.reported, std::vector<std::string>{"no refusal either"});
}

TEST(Respond, AnswersWithABare500WhereNeitherAnswerNorRefusalCanBeMade) {
  ThrowingHandler handler;
  Framing framing;
  EXPECT_EQ(respond(handler, Request{}, framing).status, 500);
  EXPECT_EQ(handler.reported, std::vector<std::string>{"no refusal either"});
}

}  // namespace
}  // namespace vault_mock::net
