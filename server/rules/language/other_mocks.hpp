// The words of other mock servers (WireMock, MockServer, Mountebank, Mockoon, nock, msw), and how each is
// written here. A user who brings a rule from one of them is told our word. Pure functions over a table.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vault_mock::rules {

// The message for a key of theirs, or nullopt: "\"absent\" is a word of other mock servers; here it is
// written
// {\"exists\": false}". `where` is what contains the key: "a rule file", "a rule", "when", "a matcher", "an
// answer" or "the body".
std::optional<std::string> other_mock_word(std::string_view word, std::string_view where);

// Our name for a fault of theirs, or nullopt: "CONNECTION_RESET_BY_PEER" -> "reset".
std::optional<std::string> other_mock_fault(std::string_view word);

}  // namespace vault_mock::rules
