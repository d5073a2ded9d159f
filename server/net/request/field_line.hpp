// One line of a head or of a trailer section (RFC 9112, section 5), read strictly:
//
//     field-line = name ":" OWS value OWS
//     name = token
//     value: no control character but the tab
//
// So a folded line, a blank before the colon, a NUL or a CR within are refused; others in the chain may read
// them in other ways.
#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "net/refusal.hpp"
#include "net/request.hpp"

namespace vault_mock::net {

// `line` is without its CRLF. A refusal is a 400.
tl::expected<text::HeaderView, Refusal> read_field_line(std::string_view line);

bool is_token(std::string_view text);

}  // namespace vault_mock::net
