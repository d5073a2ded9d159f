// Bytes that are awkward to write in a scenario:
//
//   ⟨65 × [⟩          that text so many times
//   ⟨bytes ff 0a⟩     those bytes, in hexadecimal
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace vault_mock::scenarios {

// `text` with every placeholder filled in. The error names one that is neither.
tl::expected<std::string, std::string> fill_placeholders(std::string_view text);

}  // namespace vault_mock::scenarios
