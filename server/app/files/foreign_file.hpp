// Reads files that the program did not write: rules, catalogues, certificates, requests. Whatever a path
// leads to, reading never throws, never waits forever and never reads more than its limit. Any thread may
// call.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <tl/expected.hpp>

namespace vault_mock::app {

struct ReadLimits {
  std::size_t bytes = std::size_t{16} * 1024 * 1024;
  std::chrono::milliseconds silence{30'000};  // how long to wait for the next byte of a pipe
};

// Why a file was not read. `reason` continues a sentence: "it is a folder", "No such file or directory".
struct Unreadable {
  enum class Kind { missing, other };
  Kind kind = Kind::other;
  std::string reason;
};

// Reads a regular file, or a link to one. Folders, pipes, devices and sockets are refused without being
// opened: opening a pipe may block forever, opening a device may do anything.
tl::expected<std::string, Unreadable> read_regular_file(const std::string& path, ReadLimits limits = {});

// read_regular_file() for callers that need only the reason.
tl::expected<std::string, std::string> read_file(const std::string& path);

// Reads what the user named on the command line: a regular file, "-" (standard input), or a pipe, such as
// <(command). The last two can be read only once.
tl::expected<std::string, std::string> read_argument(const std::string& path, ReadLimits limits = {});
bool is_read_once(const std::string& path);
bool is_standard_input(const std::string& path);

// "a folder", "a pipe": what is at the path. Empty: a regular file, or nothing.
std::string kind_of_file(const std::string& path);

}  // namespace vault_mock::app
