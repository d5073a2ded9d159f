// Texts that a client or a file can influence, on their way to a terminal or into a log: what could move the
// cursor, recolour the screen, reorder a line or begin a new one is shown instead of sent.
//
// Escaped are the controls of ASCII and DEL (ESC is "\u{1b}", a line end "\n"), C1 (U+0080 to U+009F, which
// some terminals obey like ESC), what turns the direction of writing (U+061C, U+200E, U+200F, U+202A to
// U+202E, U+2066 to U+2069), U+2028, U+2029 and U+FEFF as "\u{202e}", and bytes that are not UTF-8 as "\x9b".
#pragma once

#include <string>
#include <string_view>

namespace vault_mock::text {

// Printable ASCII from end to end, as nearly every text is: none of the following changes it.
bool is_plain_ascii(std::string_view text);

// One line: nothing in it ends one.
std::string printable(std::string_view text);

// The same for reports of our own making, whose line ends and tabs are meant.
std::string printable_lines(std::string_view text);

// The same for a JSON text, which stays one: all that is escaped is inside its strings, "\u202e". Line ends
// and tabs between values are left.
std::string printable_json(std::string json);

// printable(text) where a word is wanted: empty is "-"; with spaces, quotes, backslashes or anything escaped
// it is a string of JSON.
std::string printable_word(std::string_view text);

}  // namespace vault_mock::text
