#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "app/doctor/examine.hpp"
#include "app/replicas.hpp"
#include "app/rule_files/rule_files.hpp"
#include "contract/contract.hpp"
#include "engine/names_of_contract.hpp"
#include "redis/live_replicas.hpp"
#include "text/counted.hpp"
#include "text/embedded.hpp"

namespace vault_mock::app {
namespace {

using Level = Finding::Level;

// "a:4010, b:4010"
std::string names_of(const std::vector<const spaces::ReplicaFacts*>& replicas) {
  std::string names;
  for (const auto* replica : replicas) names.append(names.empty() ? "" : ", ").append(replica->name);
  return names;
}

// Of a mock that is started so; empty: its rules have mistakes, which are told elsewhere.
std::string own_hash(const ServeOptions& options) {
  const contract::Contract contract(text::embedded_file("server/contract/openapi.json"));
  RuleSources sources(options.fixtures);
  const auto rules = load_rules(sources, engine::names_of_contract(contract));
  return rules ? files_hash(options, *rules->book) : std::string();
}

}  // namespace

Findings examine_store(const ServeOptions& options) {
  const auto url = redis::read_url(options.store);
  if (!url) return {{Level::problem, "store: " + url.error(), "see --store in vault-mock --help"}};
  const auto replicas = redis::live_replicas(*url);
  if (!replicas)
    return {{Level::problem, fmt::format("store: {}: {}", url->in_words(), replicas.error()),
             "correct --store, or start the store: a mock started now answers from what it knows itself"}};
  std::map<std::string, std::vector<const spaces::ReplicaFacts*>> by_files;
  const spaces::ReplicaFacts own{.id = {}, .name = "this one", .files = own_hash(options)};
  if (!own.files.empty() && !replicas->empty()) by_files[own.files].push_back(&own);
  for (const auto& replica : *replicas) by_files[replica.files].push_back(&replica);
  std::string names;
  for (const auto& replica : *replicas) names.append(names.empty() ? ": " : ", ").append(replica.name);
  Findings findings{{Level::fine,
                     fmt::format("store: {} answers, with {}{}", url->in_words(),
                                 text::counted(replicas->size(), "live replica"), names),
                     ""}};
  if (by_files.size() <= 1) return findings;
  std::string groups;
  for (const auto& [files, same] : by_files)
    groups += fmt::format("{}{} ({})", groups.empty() ? "" : " | ", names_of(same), files);
  findings.push_back({Level::problem,
                      "store: replicas differ in rule files, secret or options, so that equal requests get "
                      "different answers: " +
                          groups,
                      "start all with the same rule files, --secret and options"});
  return findings;
}

}  // namespace vault_mock::app
