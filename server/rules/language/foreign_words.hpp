// Words of other mock servers (WireMock, MockServer, Mountebank, Mockoon, nock, msw), and how each is written
// here: whoever brings a rule from there is answered with our word.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::rules {

// `where` is what the unknown key stands in: "a rule file", "a rule", "when", "a matcher", "an answer", "the
// body".
// "\"absent\" is a word of other mock servers; here it is written {\"exists\": false}", or nothing.
std::optional<std::string> foreign_word(std::string_view word, std::string_view where);

// A fault of theirs -> the name of ours: "CONNECTION_RESET_BY_PEER" -> "reset".
std::optional<std::string> foreign_fault(std::string_view word);

}  // namespace vault_mock::rules
