#include "app/cli/event_lines.hpp"

#include <gtest/gtest.h>

namespace vault_mock::app {
namespace {

TEST(EventLines, AreReadInWhateverPiecesTheyCome) {
  constexpr std::string_view kText =
      ": hello\n\nid: 1\nevent: request\ndata: {\"a\":1}\n\nevent:missed\ndata:x\ndata: y\n\n: still "
      "here\n\n";
  for (std::size_t size = 1; size <= kText.size(); ++size) {
    EventLines lines;
    std::vector<Event> events;
    for (std::size_t at = 0; at < kText.size(); at += size)
      for (auto& event : lines.read(kText.substr(at, size))) events.push_back(std::move(event));
    ASSERT_EQ(events.size(), 2u) << size;
    EXPECT_EQ(events[0].name, "request");
    EXPECT_EQ(events[0].data, R"({"a":1})");
    EXPECT_EQ(events[1].name, "missed");
    EXPECT_EQ(events[1].data, "x\ny");
  }
}

}  // namespace
}  // namespace vault_mock::app
