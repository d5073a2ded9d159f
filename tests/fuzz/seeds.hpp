// Inputs to begin with, taken from the files that describe the program: scenarios, rule files, their tests.
#pragma once

#include <string>
#include <vector>

namespace vault_mock::fuzz {

std::vector<std::string> seeds_of_requests();  // every exchange of every scenario, as bytes on a connection;
                                               // tests/hostile/raw-requests.json
std::vector<std::string> seeds_of_choices();   // bytes that choose
std::vector<std::string> seeds_of_bodies();    // their bodies
std::vector<std::string> seeds_of_targets();   // their targets
std::vector<std::string> seeds_of_codings();   // "codings\nbody", of scenarios
std::vector<std::string> seeds_of_fixtures();  // rule files that ship, those of scenarios, and cases of tests
std::vector<std::string> seeds_of_matchers();  // "matcher\nvalue"
std::vector<std::string> seeds_of_schemas();   // "schema\nvalue", and bytes that make both
std::vector<std::string> seeds_of_regexes();   // "pattern\ntext"
std::vector<std::string> seeds_of_templates();  // "template\nbody"
std::vector<std::string> seeds_of_json();
std::vector<std::string> seeds_of_pointers();  // "pointer\ndocument"
std::vector<std::string> seeds_of_durations();
std::vector<std::string> seeds_of_timestamps();
std::vector<std::string> seeds_of_tokens();
std::vector<std::string> seeds_of_raw_requests();
std::vector<std::string> seeds_of_connectors();
std::vector<std::string> seeds_of_entries();       // of the journal of recorded_requests()
std::vector<std::string> seeds_of_rule_folders();  // a line for each file: kind, name, content

}  // namespace vault_mock::fuzz
