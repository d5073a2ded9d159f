#include "app/files/foreign_file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <thread>

#include "unit/app/folder.hpp"

namespace vault_mock::app {
namespace {

using namespace std::chrono_literals;

std::string reason(const std::string& path, ReadLimits limits = {}) {
  const auto text = read_regular_file(path, limits);
  return text ? "read: " + *text : text.error().reason;
}

TEST(ForeignFile, RegularFilesAndLinksToThemAreRead) {
  const Folder folder;
  const auto file = folder.file("a", std::string("a\0b", 3));
  EXPECT_EQ(read_regular_file(file)->size(), 3u);
  EXPECT_EQ(reason(folder.link("l", "a")).size(), 9u);
  EXPECT_EQ(reason(folder.file("empty", "")), "read: ");
  EXPECT_FALSE(reason("/proc/self/status").find("Name:") == std::string::npos) << "its size is said to be 0";
}

TEST(ForeignFile, WhatIsNotARegularFileIsNamed) {
  const Folder folder;
  EXPECT_EQ(reason(folder.folder("d")), "it is a folder");
  EXPECT_EQ(reason(folder.pipe("p")), "it is a pipe");
  EXPECT_EQ(reason("/dev/zero"), "it is a device");
  EXPECT_EQ(reason(folder.link("to-folder", "d")), "it is a folder");
  EXPECT_EQ(reason(folder.link("to-zero", "/dev/zero")), "it is a device");
  EXPECT_EQ(reason(folder.link("loop", "loop")), "it is a link that leads in a circle");
  EXPECT_EQ(reason(folder.link("dangling", "nothing")), "it is a link to a file that does not exist");
}

TEST(ForeignFile, OnlyWhatIsNotThereIsMissing) {
  const Folder folder;
  EXPECT_EQ(read_regular_file(folder.path("gone")).error().kind, Unreadable::Kind::missing);
  EXPECT_EQ(read_regular_file(folder.link("dangling", "gone")).error().kind, Unreadable::Kind::other);
  EXPECT_EQ(read_regular_file(folder.folder("d")).error().kind, Unreadable::Kind::other);
}

TEST(ForeignFile, SizeIsBounded) {
  const Folder folder;
  const auto file = folder.file("ten", "0123456789");
  EXPECT_EQ(reason(file, {.bytes = 10}), "read: 0123456789");
  EXPECT_EQ(reason(file, {.bytes = 9}), "it is larger than 9 bytes, the limit for a file");
  // A file that says it is empty and is not.
  EXPECT_EQ(reason("/proc/self/status", {.bytes = 9}), "it is larger than 9 bytes, the limit for a file");
  ::truncate(folder.file("sparse", "").c_str(), off_t{1} << 40);
  EXPECT_EQ(reason(folder.path("sparse")), "it is larger than 16 MB, the limit for a file");
}

TEST(ForeignFile, AnArgumentMayBeAPipe) {
  const Folder folder;
  const auto pipe = folder.pipe("p");
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  std::thread writer([&] {
    const int end = ::open(pipe.c_str(), O_WRONLY);
    for (int i = 0; i < 3; ++i) {
      std::this_thread::sleep_for(5ms);
      EXPECT_EQ(::write(end, "abc", 3), 3);
    }
    ::close(end);
  });
  const int keeper =
      ::open(pipe.c_str(), O_WRONLY);  // so that the pipe does not seem closed before the writer is there
  std::thread closer([&] {
    writer.join();
    ::close(keeper);
  });
  EXPECT_EQ(read_argument(pipe), "abcabcabc");
  closer.join();
  ::close(reader);
}

TEST(ForeignFile, APipeIsWaitedForOnlySoLong) {
  const Folder folder;
  const auto pipe = folder.pipe("p");
  EXPECT_EQ(read_argument(pipe).error(), "it is a pipe that nothing was written to") << "nobody has it open";
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  const int writer = ::open(pipe.c_str(), O_WRONLY);
  EXPECT_NE(read_argument(pipe, {.silence = 20ms}).error().find("nothing was written"), std::string::npos);
  EXPECT_EQ(::write(writer, "0123456789", 10), 10);
  EXPECT_NE(read_argument(pipe, {.bytes = 9}).error().find("larger than 9 bytes"), std::string::npos);
  ::close(writer);
  ::close(reader);
}

}  // namespace
}  // namespace vault_mock::app
