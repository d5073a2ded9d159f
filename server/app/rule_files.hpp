// Rule files: found, read and made into a book, with the defaults that are embedded in the program below
// them.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "rules/rule_book.hpp"
#include "rules/vocabulary.hpp"

namespace vault_mock::app {

// Reads files, and the *.json files of folders in name order. The error is ready to print: every mistake with
// its place.
tl::expected<std::shared_ptr<const rules::RuleBook>, std::string> load_rules(
    std::span<const std::string> paths, const rules::Vocabulary& vocabulary);

}  // namespace vault_mock::app
