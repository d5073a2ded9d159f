// A mistake in a fixture, with its place, as a good compiler reports it.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace vault_mock::rules {

enum class Severity { error, warning };

struct Mistake {
  Severity severity = Severity::error;
  std::string file;
  std::size_t line = 1;    // from 1; 0: the mistake is the whole file's and has no place
  std::size_t column = 1;  // from 1, in bytes
  std::size_t width = 1;   // bytes to underline, all on that line
  std::string source_line;
  std::string pointer;     // JSON Pointer of the offending value (RFC 6901)
  std::string message;     // what is wrong and what was expected
  std::string suggestion;  // the word that was probably meant, or empty

  friend bool operator==(const Mistake&, const Mistake&) = default;
};

// "unknown key "staus" in respond; did you mean "status"?"
std::string sentence(const Mistake& mistake);

// Three lines:
//     mine.json:7:20: error: unknown key "staus" in respond; did you mean "status"?
//       7 |       "respond": { "staus": 402 }
//         |                    ^~~~~~~
std::string format(const Mistake& mistake);
std::string format(std::span<const Mistake> mistakes);
// Where there is no room for all: errors before warnings, `most` of them, and how many are left out.
std::string format_first(std::span<const Mistake> mistakes, std::size_t most);

}  // namespace vault_mock::rules
