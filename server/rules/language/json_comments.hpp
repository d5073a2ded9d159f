// JSON with comments (JSONC): JSON that may have // and /* */ comments, and a comma behind the last element
// of a list or the last member of an object. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace vault_mock::rules {

// Whether a file of that name is read so: its name ends in .jsonc, in any case.
bool may_have_comments(std::string_view file);

// The same text as plain JSON: each byte of a comment and each such comma is a blank, and all else is where
// it was. A comment that is not closed stays, as do commas with nothing before them: no JSON has them.
std::string without_comments(std::string_view text);

}  // namespace vault_mock::rules
