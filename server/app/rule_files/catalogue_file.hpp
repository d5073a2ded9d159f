// Finds and reads the user's catalogue of connectors, with its mistakes as those of rule files.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/rule_files/rule_sources.hpp"
#include "rules/language/mistake.hpp"
#include "vault/catalogue.hpp"

namespace vault_mock::app {

struct LoadedConnectors {
  std::shared_ptr<const vault::Catalogue> catalogue;  // null: there is none, and the embedded one is used
  std::string file;
};

// The last `connectors.json` among the files and folders; the others are read and judged, too. The error is
// every mistake of every one.
tl::expected<LoadedConnectors, std::vector<rules::Mistake>> load_connectors(const RuleSources& sources);

}  // namespace vault_mock::app
