#include "rules/answering/template.hpp"

#include <gtest/gtest.h>
#include <regex>

#include "text/headers.hpp"
#include "unit/rules/asking.hpp"

namespace vault_mock::rules {
namespace {

class Templates : public testing::Test {
 protected:
  Templates() {
    request_.operation = "sessionsCreate";
    request_.method = "POST";
    request_.path = "/vault/sessions";
    request_.consumer_id = "Jane \"JD\" Doe";
    request_.app_id = "app-1";
    request_.headers = headers_;
    request_.query = "page=2%203";
    request_.body = &body_;
    request_.space = "blue";
    request_.now = std::chrono::sys_days(std::chrono::year(2027) / 1 / 1);
    request_.request_id = "r-1";
  }

  std::string render(const tl::expected<Template, Template::Error>& made) {
    if (!made) return "mistake: " + made.error().message;
    return made->render({request_, 3, dice_});
  }
  std::string text(std::string_view source) { return render(Template::compile(source)); }
  std::string json(std::string_view source) { return render(Template::compile_json(source)); }

  const std::vector<text::HeaderView> headers_ = {{"X-Plan", "free"}};
  nlohmann::json body_ = nlohmann::json::parse(R"({"a":{"b":"x\ny"},"n":[1,2.5],"t":true,"z":null})");
  RequestView request_;
  const Dice dice_ = [] { return 0.25; };
};

TEST_F(Templates, KnowTheRequest) {
  EXPECT_EQ(text("{{operation}} {{method}} {{path}} {{app_id}} {{space}} {{request_id}} {{now}} {{count}}"),
            "sessionsCreate POST /vault/sessions app-1 blue r-1 2027-01-01T00:00:00.000Z 3");
  EXPECT_EQ(text("{{headers.x-plan}} {{query.page}}"), "free 2 3");
  EXPECT_EQ(text("{{/a/b}}|{{/n}}|{{/t}}|{{/z}}|{{/a}}"), "x\ny|[1,2.5]|true|null|{\"b\":\"x\\ny\"}");
}

TEST_F(Templates, TakeSpacesInsideTheBraces) { EXPECT_EQ(text("<{{ method }}>"), "<POST>"); }

TEST_F(Templates, LeaveNothingWhereNothingIs) {
  EXPECT_EQ(text("<{{/none}}{{headers.none}}{{query.none}}>"), "<>");
}

TEST_F(Templates, KeepOtherText) {
  EXPECT_EQ(text(""), "");
  EXPECT_EQ(text("{ } {a} }} \\"), "{ } {a} }} \\");
  EXPECT_EQ(text("\\{{method}} {{method}}"), "{{method}} POST");
}

TEST_F(Templates, ThrowAUuid) {
  const auto uuid = text("{{uuid}}");
  EXPECT_TRUE(std::regex_match(
      uuid, std::regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")))
      << uuid;
}

TEST_F(Templates, InJsonStayJsonWhateverTheValue) {
  EXPECT_EQ(json(R"({ "b": "{{consumer_id}}", "a": ["{{/a/b}}", 1.50, "\u00e9"] })"),
            R"({"b":"Jane \"JD\" Doe","a":["x\ny",1.50,"\u00e9"]})");
  request_.consumer_id = "\xff\xfe";
  EXPECT_TRUE(nlohmann::json::accept(json(R"({"{{consumer_id}}": "{{consumer_id}}"})")));
}

TEST_F(Templates, InJsonKeepAValueThatStandsAlone) {
  EXPECT_EQ(json(R"({"s":"{{/a/b}}","n":"{{/n}}","t":"{{ /t }}","z":"{{/z}}","a":"{{/a}}","c":"{{count}}"})"),
            R"({"s":"x\ny","n":[1,2.5],"t":true,"z":null,"a":{"b":"x\ny"},"c":3})");
  EXPECT_EQ(json(R"(["{{count}}",["{{/n/1}}"]])"), "[3,[2.5]]");
  EXPECT_EQ(json(R"("{{/a}}")"), R"({"b":"x\ny"})");
  EXPECT_EQ(json(R"(["{{query.page}}","{{headers.x-plan}}","{{method}}"])"), R"(["2 3","free","POST"])");
}

TEST_F(Templates, InJsonAreTextsWhereTheyDoNotStandAloneOrAreToldTo) {
  EXPECT_EQ(json(R"(["{{count}}.","{{/t}}{{/z}}","\\{{count}}"])"), R"(["3.","truenull","{{count}}"])");
  EXPECT_EQ(json(R"(["{{text count}}","{{ text  /n }}","{{text /none}}"])"), R"(["3","[1,2.5]",""])");
  EXPECT_EQ(json(R"({"{{count}}":1})"), R"({"3":1})");
  EXPECT_EQ(render(Template::compile_json(R"("{{/n}}")", Template::Alone::text)), R"("[1,2.5]")");
  EXPECT_EQ(render(Template::compile_json(R"({"a":"{{/n}}"})", Template::Alone::text)), R"({"a":[1,2.5]})");
  EXPECT_EQ(text("{{text /n}}"), "[1,2.5]");
}

TEST_F(Templates, InJsonAreNullWhereNothingIs) {
  request_.app_id = "";
  EXPECT_EQ(json(R"(["{{/none}}","{{headers.none}}","{{query.none}}","{{app_id}}","<{{/none}}>"])"),
            R"([null,null,null,null,"<>"])");
}

TEST_F(Templates, InJsonDoNotCutWhatIsNotAText) {
  body_ = {{"list", nlohmann::json::array()}, {"text", std::string(20'000, 'x')}};
  for (int i = 0; i < 10'000; ++i) body_["list"].push_back(i);
  EXPECT_EQ(json(R"("{{/list}}")"), body_["list"].dump());
  EXPECT_EQ(json(R"("{{/text}}")").size(), 16u * 1024 + 2);
  std::size_t room = 1000;
  const auto filled =
      Template::compile_json(R"(["{{/list}}","{{count}}"])")->render({request_, 3, dice_, &room});
  EXPECT_EQ(filled, "[null,3]") << "there is no room for all of the list";
  EXPECT_EQ(room, 999u);
}

TEST_F(Templates, InJsonKeepTheOrderOfKeysAndTheWayNumbersAreWritten) {
  EXPECT_EQ(json("{ \"z\" : 1e2 , \"a\" : [ ] }"), R"({"z":1e2,"a":[]})");
}

TEST_F(Templates, CutLongValues) {
  body_ = {{"a", std::string(1'000'000, 'x')}};
  EXPECT_EQ(text("{{/a}}").size(), 16u * 1024);
}

TEST_F(Templates, AreRefusedWhenTheyHaveTooManyPlaceholders) {
  std::string many;
  for (int i = 0; i < 100; ++i) many += "{{count}}";
  EXPECT_TRUE(Template::compile(many));
  EXPECT_EQ(text(many + "{{count}}"), "mistake: more than 100 placeholders");
}

TEST_F(Templates, TellWhetherTheyCount) {
  EXPECT_TRUE(Template::compile("{{count}}")->uses_count());
  EXPECT_FALSE(Template::compile("{{now}}")->uses_count());
}

TEST(Template, FillsNoMoreIntoAnAnswerThanAMegabyteOfValues) {
  const std::string long_value(16 * 1024, 'v');
  std::string headers;
  for (int i = 0; i < 20; ++i) {
    std::string value;
    for (int k = 0; k < 50; ++k) value += "{{headers.x-long}}";
    headers += (headers.empty() ? "" : ",") + ("\"x-h" + std::to_string(i)) + "\":\"" + value + "\"";
  }
  Asking asking("{\"respond\":{\"pass\":true,\"headers\":{" + headers + "}}}");
  Asked asked;
  asked.headers = {{"x-long", long_value}};
  std::size_t bytes = 0;
  for (const auto& [name, value] : asking.decide(asked).answer.headers) bytes += value.size();
  EXPECT_EQ(bytes, std::size_t{1} << 20);
}

}  // namespace
}  // namespace vault_mock::rules
