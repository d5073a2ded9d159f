#include "app/rule_files/rule_files.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "app/rule_files/catalogue_file.hpp"
#include "support/known_names.hpp"
#include "unit/app/folder.hpp"

namespace vault_mock::app {
namespace {

using support::known_names;

constexpr std::string_view kRule = R"({"rules":[{"respond":{"error":402}}]})";

auto load(const std::vector<std::string>& paths) { return load_rules(RuleSources(paths), known_names()); }

bool mentions(const std::vector<rules::Mistake>& mistakes, const std::string& path, std::string_view words) {
  return std::ranges::any_of(mistakes, [&](const auto& m) {
    return m.file == path && m.line == 0 && m.message.find(words) != std::string::npos;
  });
}

TEST(RuleFiles, AllOfAFolderIsReadOrMentioned) {
  const Folder folder;
  folder.file("a.json", kRule);
  folder.file("B.JSON", kRule);
  folder.file("fixture.schema.json", "no rules");
  folder.file("connectors.json", "{}");
  folder.file("C.jsonc", "{\"rules\": [ /* none yet */ ]}");
  const auto yaml = folder.file("c.yaml", "rules: []"), json5 = folder.file("d.json5", "{}"),
             catalogue = folder.file("connectors.jsonc", "{}");
  folder.file("README.md", "about");
  folder.file(".gitkeep", "");
  const auto hidden = folder.file("._a.json", "\x01");
  const auto lock = folder.link(".#a.json", "ann@laptop.1234");
  const auto inner = folder.folder("inner");
  folder.file("inner/e.json", kRule);
  folder.folder("empty");

  const auto loaded = load({folder.path()});
  ASSERT_TRUE(loaded.has_value()) << rules::format(loaded.error());
  EXPECT_EQ(loaded->files, 3u);
  for (const auto& path : {yaml, json5, catalogue, hidden, lock, inner})
    EXPECT_TRUE(mentions(loaded->warnings, path, "not read")) << path;
  EXPECT_EQ(loaded->warnings.size(), 6u);
  ASSERT_EQ(loaded->notes.size(), 1u);
  for (const auto* name : {"README.md", "fixture.schema.json", "/empty", "1 hidden file"})
    EXPECT_NE(loaded->notes.front().find(name), std::string::npos) << loaded->notes.front();
}

TEST(RuleFiles, TheDefaultRulesAreToldByTheirPlaceInTheBookAndNotByTheirFilesName) {
  const Folder folder;
  const auto own = folder.file("defaults.json", kRule);
  const auto loaded = load({own});
  ASSERT_TRUE(loaded.has_value()) << rules::format(loaded.error());
  EXPECT_EQ(loaded->first_default, 1u);
  EXPECT_GT(loaded->book->size(), 1u);
  EXPECT_EQ(loaded->book->at(0).file, own);
  EXPECT_EQ(loaded->book->at(1).file, kDefaultsFile);
}

TEST(RuleFiles, WhatIsNamedAsARuleFileAndIsNoneIsAMistake) {
  const Folder folder;
  folder.file("a.json", kRule);
  const std::pair<std::string, std::string> cases[] = {
      {folder.folder("d.json"), "it is a folder"},
      {folder.pipe("p.json"), "it is a pipe"},
      {folder.link("z.json", "/dev/zero"), "it is a device"},
      {folder.link("n.json", "nothing"), "does not exist"},
      {folder.link("l.json", "l.json"), "in a circle"},
  };
  const auto loaded = load({folder.path()});
  ASSERT_FALSE(loaded.has_value());
  for (const auto& [path, words] : cases) EXPECT_TRUE(mentions(loaded.error(), path, words)) << path;
  EXPECT_EQ(loaded.error().size(), 5u);
}

TEST(RuleFiles, AFolderWithoutRuleFilesIsSaid) {
  const Folder folder;
  EXPECT_EQ(load({folder.path()})->notes.size(), 1u) << "it is empty: files may come";
  folder.file("a.yml", "rules: []");
  EXPECT_TRUE(
      mentions(load({folder.path()})->warnings, folder.path(), "no file in this folder is a rule file"));
}

TEST(RuleFiles, WhatMayBeMeantAsRulesIsToldWhatToDo) {
  const Folder folder;
  folder.file("a.json", kRule);
  const auto yaml = folder.file("c.yaml", "rules: []"), hidden = folder.file(".b.json", kRule);
  const auto loaded = load({folder.path()});
  EXPECT_TRUE(mentions(loaded->warnings, yaml, "convert it to JSON"));
  EXPECT_TRUE(mentions(loaded->warnings, hidden, "rename it"));
}

TEST(RuleFiles, ALoadThatIsStoppedFails) {
  const Folder folder;
  const RuleSources sources({folder.file("a.json", kRule)});
  const std::atomic<bool> stop{true};
  EXPECT_FALSE(load_rules(sources, known_names(), &stop).has_value());
}

TEST(RuleFiles, AFolderOfTooManyFilesIsRefused) {
  const Folder folder;
  for (std::size_t i = 0; i <= kMostFolderEntries; ++i) folder.file(std::to_string(i), "");
  const auto loaded = load({folder.path()});
  ASSERT_FALSE(loaded.has_value());
  EXPECT_TRUE(mentions(loaded.error(), folder.path(), "more than 10000 files"));
}

TEST(RuleFiles, ACatalogueThatIsNoneIsOneLine) {
  const Folder folder;
  folder.folder("connectors.json");
  const auto connectors = load_connectors(RuleSources({folder.path()}));
  ASSERT_FALSE(connectors.has_value());
  EXPECT_EQ(rules::format(connectors.error()),
            folder.path("connectors.json") + ": error: cannot read this catalogue: it is a folder\n");
}

TEST(RuleFiles, EveryMistakeOfACatalogueHasItsPlace) {
  const Folder folder;
  const auto file = folder.file("connectors.json", R"({
  "connectors": [
    { "unified_api": "crm", "service_id": "a", "name": "A", "auth_type": "apikey", "tagline": "x",
      "form_fields": [{ "id": "f", "type": "select", "type": "select" }] }
  ]
})");
  const auto connectors = load_connectors(RuleSources({folder.path()}));
  ASSERT_FALSE(connectors.has_value());
  EXPECT_EQ(
      rules::format(connectors.error()),
      file +
          R"(:3:74: error: "auth_type" must be "oauth2", "apiKey", "basic", "custom" or "none", found "apikey"; did you mean "apiKey"?
  3 |     { "unified_api": "crm", "service_id": "a", "name": "A", "auth_type": "apikey", "tagline": "x",
    |                                                                          ^~~~~~~~
)" + file +
          R"(:3:84: error: unknown key "tagline" in a connector; did you mean "tag_line"?
  3 |     { "unified_api": "crm", "service_id": "a", "name": "A", "auth_type": "apikey", "tagline": "x",
    |                                                                                    ^~~~~~~~~
)" + file +
          R"(:4:23: error: missing "options" in a form field of the type "select": nothing could be selected
  4 |       "form_fields": [{ "id": "f", "type": "select", "type": "select" }] }
    |                       ^
)" + file +
          R"(:4:54: error: this key stands twice in its object
  4 |       "form_fields": [{ "id": "f", "type": "select", "type": "select" }] }
    |                                                      ^~~~~~
)");
}

TEST(RuleFiles, ACatalogueThatIsNotJsonSaysWhere) {
  const Folder folder;
  const auto file = folder.file("connectors.json", "{\n  \"connectors\": [\n");
  const auto connectors = load_connectors(RuleSources({file}));
  ASSERT_FALSE(connectors.has_value());
  EXPECT_EQ(connectors.error().front().line, 3u);
  EXPECT_TRUE(connectors.error().front().message.starts_with("not valid JSON: "))
      << connectors.error().front().message;
}

TEST(RuleFiles, TheLastCatalogueIsUsed) {
  const Folder folder;
  folder.folder("more");
  const auto first = folder.file("connectors.json", R"({"connectors": []})");
  const auto last = folder.file(
      "more/connectors.json",
      R"({"connectors": [{"unified_api": "crm", "service_id": "a", "name": "A", "auth_type": "none"}]})");
  const auto connectors = load_connectors(RuleSources({first, last}));
  ASSERT_TRUE(connectors.has_value()) << rules::format(connectors.error());
  EXPECT_EQ(connectors->file, last);
  EXPECT_EQ(connectors->catalogue->connectors().size(), 1u);
  EXPECT_EQ(load_connectors(RuleSources({folder.file("a.json", kRule)}))->catalogue, nullptr);
}

TEST(RuleFiles, StampsTellWhatWasAddedAndLeaveHiddenFilesAlone) {
  const Folder folder;
  folder.file("a.json", kRule);
  const RuleSources sources({folder.path()});
  const auto before = stamps_of(sources);
  folder.link(".#a.json", "ann@laptop.1234");
  EXPECT_EQ(stamps_of(sources), before);
  folder.file("b.tmp", "");
  EXPECT_EQ(stamps_of(sources), before) << "nobody takes it for rules";
  folder.file("b.yaml", "");
  EXPECT_EQ(stamps_of(sources).read, before.read) << "it is only mentioned";
  EXPECT_NE(stamps_of(sources), before);
  folder.file("b.json", kRule);
  EXPECT_NE(stamps_of(sources).read, before.read);
}

TEST(RuleFiles, APathInAMessageActsOnNoTerminal) {
  const Folder folder;
  folder.file("a\n\x1b[31m\u202E.json", "{");
  const auto loaded = load({folder.path()});
  ASSERT_FALSE(loaded.has_value());
  const auto shown = rules::format(loaded.error());
  EXPECT_EQ(std::ranges::count(shown, '\n'), 3) << shown;
  EXPECT_EQ(shown.find('\x1b'), std::string::npos);
  EXPECT_NE(shown.find("a\\n\\u{1b}[31m\\u{202e}.json"), std::string::npos) << shown;
}

}  // namespace
}  // namespace vault_mock::app
