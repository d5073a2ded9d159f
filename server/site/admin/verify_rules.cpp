// Whether rules were used: one that never matches is often a test that does not test what it says.
#include "site/admin/verify.hpp"
#include "text/counted.hpp"
#include "text/shortened.hpp"

namespace vault_mock::site {
namespace {

// The last part of a path.
std::string_view name_of(std::string_view file) { return file.substr(file.rfind('/') + 1); }

}  // namespace

tl::expected<Verification, net::Answer> verify_rules(const AdminCall& call) {
  const auto& asked = call.body.at("every_rule_used");
  const auto file = asked.is_string() ? asked.get<std::string>() : std::string();
  rules::RuleList all;
  std::shared_ptr<const rules::RuleBook> files;
  if (file.empty()) {
    for (const auto& added : call.space->added_rules()) all.push_back(added.rule);
  } else {
    files = call.space->file_rules();
    for (std::size_t i = 0; i < files->size(); ++i)
      if (const auto& rule = files->at(i); rule.file == file || name_of(rule.file) == file)
        all.emplace_back(files, &rule);
    if (all.empty())
      return tl::unexpected(admin_error(404, "There is no rule of a file '" + text::shortened(file) +
                                                 "': GET /_mock/rules lists the files"));
  }
  Verification verification;
  std::string unused;
  for (const auto& rule : all) {
    const auto status = call.space->rule_status(*rule);
    if (status.hits.count > 0) {
      ++verification.count;
    } else {
      unused += (unused.empty() ? "" : ", ") + rule->label;
      verification.conclusive = verification.conclusive && !status.may_lack_hits;
    }
  }
  verification.pass = unused.empty() && !all.empty();
  const auto which =
      file.empty() ? " that " + std::string(all.size() == 1 ? "was" : "were") + " added" : " of " + file;
  verification.message = "Expected " + text::counted(all.size(), "rule") + which + " to be used";
  if (all.empty()) verification.message += ": no rule was added to space '" + call.space->name() + "'";
  if (!verification.conclusive)
    verification.message +=
        " (undecided: not all uses are remembered, start the mock with a larger --space-memory)";
  if (!unused.empty()) verification.message += ", not used: " + unused;
  return verification;
}

}  // namespace vault_mock::site
