// The one reader of files that the program did not make: rules, catalogues, certificates, requests, what
// others have written. It never throws, never waits without end and never reads without bound, whatever a
// path leads to.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <tl/expected.hpp>

namespace vault_mock::app {

struct ReadLimits {
  std::size_t bytes = std::size_t{16} * 1024 * 1024;
  std::chrono::milliseconds silence{30'000};  // how long a pipe may keep the reader waiting for its next byte
};

// Why a file was not read. `reason` is half a sentence, about "it": "it is a folder", "No such file or
// directory".
struct Unreadable {
  enum class Kind { missing, other };
  Kind kind = Kind::other;
  std::string reason;
};

// A regular file, or a link to one. Folders, pipes, devices and sockets are refused by name and never opened:
// opening a pipe may wait for ever, opening a device may do anything.
tl::expected<std::string, Unreadable> read_regular_file(const std::string& path, ReadLimits limits = {});

// read_regular_file() for those who need no more than the words.
tl::expected<std::string, std::string> read_file(const std::string& path);

// What the user named on the command line: a regular file, and what can be read only once: "-" (standard
// input), a pipe, as of <(command).
tl::expected<std::string, std::string> read_argument(const std::string& path, ReadLimits limits = {});
bool is_read_once(const std::string& path);

// "a folder", "a pipe": what is there in place of a regular file. Empty: a regular file, or nothing at all.
std::string kind_of_file(const std::string& path);

}  // namespace vault_mock::app
