// The targets, one a file in targets/.
#pragma once

#include <string_view>

namespace vault_mock::fuzz {

void read_connection(std::string_view bytes);           // all that one client sends: heads, bodies, chunks
void answer_requests(std::string_view bytes);           // the same, answered by the whole mock
void play_rules_on_operations(std::string_view bytes);  // rules of every kind, on every operation
void answer_body(std::string_view bytes);               // the body of POST /vault/sessions
void read_target(std::string_view bytes);               // path and query
void undo_codings(std::string_view bytes);              // a content-encoding and a body
void read_rule_file(std::string_view bytes);            // a rule file, and what its rules then do
void match_value(std::string_view bytes);               // a matcher, and the value it is asked about
void match_regex(std::string_view bytes);               // a regular expression, and the text it is tried on
void render_template(std::string_view bytes);           // a template, and the body it refers to
void read_json(std::string_view bytes);                 // JSON, and where its values stand
void follow_pointer(std::string_view bytes);            // a JSON Pointer, and the document it leads into
void read_duration(std::string_view bytes);             // session_length, delays
void read_timestamp(std::string_view bytes);            // the clock
void verify_token(std::string_view bytes);              // a JWT
void read_raw_request(std::string_view bytes);          // the file of `explain --request`
void read_connectors(std::string_view bytes);           // connectors.json
void read_rule_folder(std::string_view bytes);          // a folder given as rules, with files of every kind
void read_journal_entry(std::string_view bytes);        // an entry of a journal, from a store
void judge_schema(std::string_view bytes);              // a JSON Schema in a rule, and the value it judges

}  // namespace vault_mock::fuzz
