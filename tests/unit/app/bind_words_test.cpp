#include "app/machine/bind_words.hpp"

#include <cerrno>
#include <gtest/gtest.h>

namespace vault_mock::app {
namespace {

TEST(BindWords, SayWhatIsWrongAndWhatToDo) {
  const auto taken = bind_words({EADDRINUSE, "the address is in use"}, 4010, "--port");
  EXPECT_EQ(taken.trouble, "port 4010 is in use");
  EXPECT_EQ(taken.remedy, "stop what listens there, or choose another with --port (0 takes any free one)");
  const auto low = bind_words({EACCES, "not permitted"}, 443, "--tls-port");
  EXPECT_EQ(low.trouble, "port 443 needs more privileges");
  EXPECT_EQ(low.remedy, "choose one above 1023 with --tls-port");
  for (const int code : {EMFILE, ENFILE})
    EXPECT_NE(bind_words({code, "cannot listen"}, 0, "--port").remedy.find("ulimit -n"), std::string::npos);
  const auto unknown = bind_words({0, "the host \"x\" is unknown"}, 0, "--port");
  EXPECT_EQ(unknown.trouble, "the host \"x\" is unknown");
  EXPECT_EQ(unknown.remedy, "check --host and --port");
}

}  // namespace
}  // namespace vault_mock::app
