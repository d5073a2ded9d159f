#include "text/utf8.hpp"

#include <simdjson.h>

namespace vault_mock::text {

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

}  // namespace vault_mock::text
