// Where in a JSON text a value stands: for messages that point at it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace vault_mock::text {

enum class JsonPart { key, value };

// The offset of the first byte of the value (or of its key, quote included) that `pointer` (RFC 6901) names
// in `text`. The text must have been read without an error. Of a duplicate key the last counts. Nothing when
// there is none such; array elements and the root have no key: their value answers for it.
std::optional<std::size_t> locate(std::string_view text, std::string_view pointer,
                                  JsonPart part = JsonPart::value);

}  // namespace vault_mock::text
