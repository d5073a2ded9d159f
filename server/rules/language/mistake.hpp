// A mistake in a rule file, with its place, printed as compilers do. Plain values.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace vault_mock::rules {

enum class Severity { error, warning };

struct Mistake {
  Severity severity = Severity::error;
  std::string file;
  std::size_t line = 1;    // from 1; 0: the mistake concerns the whole file
  std::size_t column = 1;  // from 1, in bytes
  std::size_t width = 1;   // bytes to underline, all on that line
  std::string source_line;
  std::string pointer;     // JSON Pointer of the offending value (RFC 6901)
  std::string message;     // what is wrong and what was expected
  std::string suggestion;  // the word that was probably meant, or empty

  friend bool operator==(const Mistake&, const Mistake&) = default;
};

// The message with its suggestion: unknown key "staus" in an answer; did you mean "status"?
std::string sentence(const Mistake& mistake);

// Three lines:
//     mine.json:7:20: error: unknown key "staus" in an answer; did you mean "status"?
//       7 |       "respond": { "staus": 402 }
//         |                    ^~~~~~~
std::string format(const Mistake& mistake);
std::string format(std::span<const Mistake> mistakes);
// At most `most` of them, errors before warnings, and how many are left out.
std::string format_first(std::span<const Mistake> mistakes, std::size_t most);

}  // namespace vault_mock::rules
