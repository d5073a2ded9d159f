#include "app/files/ready_file.hpp"

#include <gtest/gtest.h>

#include "app/files/foreign_file.hpp"
#include "unit/app/folder.hpp"

namespace vault_mock::app {
namespace {

namespace fs = std::filesystem;
const std::vector<std::string> kUrls = {"http://127.0.0.1:1"};

TEST(ReadyFile, IsThereFromWritingToTheEnd) {
  const Folder folder;
  const auto path = folder.file("ready", "http://old\n");
  {
    auto file = ReadyFile::prepare(path);
    ASSERT_TRUE(file.has_value());
    EXPECT_FALSE(fs::exists(path));
    ASSERT_TRUE(file->write(kUrls).has_value());
    EXPECT_EQ(read_file(path), "http://127.0.0.1:1\n");
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(ReadyFile, OfAnotherMockStays) {
  const Folder folder;
  const auto path = folder.path("ready");
  {
    auto file = ReadyFile::prepare(path);
    ASSERT_TRUE(file->write(kUrls).has_value());
    fs::rename(folder.file("other", "http://other\n"), path);
  }
  EXPECT_EQ(read_file(path), "http://other\n");
}

TEST(ReadyFile, NothingIsWrittenOrRemovedThroughALink) {
  const Folder folder;
  const auto target = folder.file("precious", "precious");
  const auto path = folder.link("ready", "precious");
  {
    auto file = ReadyFile::prepare(path);
    ASSERT_TRUE(file.has_value());
    ASSERT_TRUE(file->write(kUrls).has_value());
    EXPECT_FALSE(fs::is_symlink(path));
  }
  EXPECT_EQ(read_file(target), "precious");
  EXPECT_FALSE(fs::exists(path));
}

TEST(ReadyFile, WhatIsNoFileIsRefusedAndStays) {
  const Folder folder;
  const auto inner = folder.folder("d"), pipe = folder.pipe("p");
  const auto to_folder = folder.link("to-folder", "d"), to_device = folder.link("to-device", "/dev/null");
  for (const auto& path : {inner, pipe, to_folder, to_device}) {
    const auto file = ReadyFile::prepare(path);
    ASSERT_FALSE(file.has_value()) << path;
    EXPECT_NE(file.error().find(path), std::string::npos) << file.error();
    EXPECT_TRUE(fs::exists(path)) << path;
  }
}

}  // namespace
}  // namespace vault_mock::app
