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
#include "vault/catalogue.hpp"

namespace vault_mock::app {

// Reads files, and the *.json files of folders in name order. The error is ready to print: every mistake with
// its place.
tl::expected<std::shared_ptr<const rules::RuleBook>, std::string> load_rules(
    std::span<const std::string> paths, const rules::Vocabulary& vocabulary);

// The catalogue of connectors: the last `connectors.json` among those files and folders, else the one in the
// program.
tl::expected<std::shared_ptr<const vault::Catalogue>, std::string> load_connectors(
    std::span<const std::string> paths);

}  // namespace vault_mock::app
