#include "contract/query_object.hpp"

#include <gtest/gtest.h>

namespace vault_mock::contract {
namespace {

using nlohmann::json;

const json kSchema = json::parse(R"({
  "type": "object",
  "properties": {
    "path": { "type": ["string", "null"] },
    "name": { "type": "string" },
    "count": { "type": "integer" },
    "flag": { "type": "boolean" },
    "codes": { "type": ["array", "null"], "items": { "type": "number" } }
  }
})");

json read(std::string_view query) { return query_object(kSchema, query, "filter"); }

TEST(QueryObject, HasMembersOfTheirTypes) {
  EXPECT_EQ(read("filter[path]=/a&filter[count]=20&filter[flag]=true&limit=1"),
            json({{"path", "/a"}, {"count", 20}, {"flag", true}}));
  EXPECT_EQ(read("filter%5Bname%5D=a+b"), json({{"name", "a b"}}));
  EXPECT_EQ(read(""), json::object());
  EXPECT_EQ(read("filter=x&filters[name]=x&filter[]=x&filter[=x&xfilter[name]=x"), json::object());
}

TEST(QueryObject, ReadsEachNotationOfAnArray) {
  const json both = {{"codes", {404, 409}}};
  EXPECT_EQ(read("filter[codes]=404&filter[codes]=409"), both);
  EXPECT_EQ(read("filter[codes][]=404&filter[codes][]=409"), both);
  EXPECT_EQ(read("filter[codes][0]=404&filter[codes][1]=409"), both);
}

TEST(QueryObject, TakesTheFirstOfSeveralAndNullForNothing) {
  EXPECT_EQ(read("filter[name]=a&filter[name]=b"), json({{"name", "a"}}));
  EXPECT_EQ(read("filter[path]=&filter[codes]=&filter[name]="),
            json({{"path", nullptr}, {"codes", nullptr}, {"name", ""}}));
}

TEST(QueryObject, LeavesTextThatIsNoSuchValueToTheSchema) {
  EXPECT_EQ(read("filter[count]=2.5&filter[flag]=yes&filter[codes]=many&filter[other]=1"),
            json({{"count", "2.5"}, {"flag", "yes"}, {"codes", {"many"}}, {"other", "1"}}));
  EXPECT_EQ(read("filter[codes]=&filter[codes]=404"), json({{"codes", {404}}}));
}

TEST(QueryObject, TakesNothingThatIsNotWrittenAsAMember) {
  for (const auto* query :
       {"filter[name=a", "filter[name]x=a", "filter[name][x]=a", "filter[name][]=a", "filter[codes][x]=1",
        "filter[codes][0][1]=1", "filter[[name]]=a", "filter[]=a", "filter=a", "filter[=a"}) {
    EXPECT_EQ(read(query), json::object()) << query;
    const auto advice = advise_query_object(Schema::trusted(kSchema), query, "filter");
    ASSERT_EQ(advice.size(), 1u) << query;
    EXPECT_EQ(advice.front().place, "filter");
    EXPECT_TRUE(
        advice.front().text.ends_with("' is accepted and ignored: a member is written filter[key]=value"))
        << advice.front().text;
  }
  EXPECT_TRUE(advise_query_object(Schema::trusted(kSchema), "filter[codes][]=1&filters=2&other[=3", "filter")
                  .empty());
}

TEST(QueryObject, AKeyWithANulIsAnother) {
  const std::string key("name\0x", 6);
  EXPECT_EQ(read("filter[name%00x]=a"), json({{key, "a"}}));
  EXPECT_EQ(read("filter[count%00]=1").begin().value(), json("1")) << "it is not the number that count is";
}

TEST(QueryObject, AdvisesOnMisspeltKeys) {
  const auto advice =
      advise_query_object(Schema::trusted(kSchema), "filter[pth]=a&filter[colour]=b", "filter");
  ASSERT_EQ(advice.size(), 1u);
  EXPECT_EQ(advice.front().place, "filter[pth]");
  EXPECT_EQ(advice.front().text, "'pth' is accepted and ignored. Did you mean 'path'?");
}

}  // namespace
}  // namespace vault_mock::contract
