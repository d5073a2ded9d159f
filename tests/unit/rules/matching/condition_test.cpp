// What a `when` holds for, and the words that say why it does not.
#include "rules/matching/condition.hpp"

#include <ctime>
#include <gtest/gtest.h>

#include "unit/rules/asking.hpp"

namespace vault_mock::rules {
namespace {

bool holds(const std::string& when, const Asked& asked) {
  return Asking(R"({"when":)" + when + R"(,"respond":{"pass":true}})").matches(asked);
}

std::string why_not(const std::string& when, const Asked& asked) {
  return Asking(R"({"when":)" + when + R"(,"respond":{"pass":true}})").first_reason(asked);
}

Asked with_body(const nlohmann::json& body) { return {.body = body}; }

bool body_holds(const std::string& matcher, const nlohmann::json& value) {
  return holds(R"({"body":{"/v":)" + matcher + "}}", with_body({{"v", value}}));
}

TEST(Condition, ThatIsEmptyHoldsForAll) { EXPECT_TRUE(holds("{}", {})); }

TEST(Condition, LooksAtEachPartOfARequest) {
  EXPECT_TRUE(holds(R"({"operation":"sessionsCreate"})", {}));
  EXPECT_FALSE(holds(R"({"operation":"connectionsAll"})", {}));
  EXPECT_TRUE(holds(R"({"method":"POST","path":"/vault/sessions"})", {}));
  EXPECT_FALSE(holds(R"({"method":"GET"})", {}));
  EXPECT_FALSE(holds(R"({"path":{"starts_with":"/crm"}})", {}));
  EXPECT_TRUE(holds(R"({"consumer_id":"bob","app_id":"app-1","api_key":{"starts_with":"test-"}})", {}));
  EXPECT_FALSE(holds(R"({"consumer_id":"bob","app_id":"app-2"})", {}));
}

TEST(Condition, ComparesHeaderNamesWithoutCaseAndValuesAsTheyAre) {
  const Asked asked{.headers = {{"X-Plan", "Free"}, {"x-many", "a"}, {"X-Many", "b"}, {"x-empty", ""}}};
  EXPECT_TRUE(holds(R"({"headers":{"x-PLAN":"Free"}})", asked));
  EXPECT_FALSE(holds(R"({"headers":{"x-plan":"free"}})", asked));
  EXPECT_TRUE(holds(R"({"headers":{"x-many":"b"}})", asked)) << "of a header that stands twice, one must fit";
  EXPECT_TRUE(holds(R"({"headers":{"x-empty":{"exists":true}}})", asked));
  EXPECT_TRUE(holds(R"({"headers":{"x-none":{"exists":false}}})", asked));
}

TEST(Condition, DecodesQueryParameters) {
  const Asked asked{.query = "page=2&name=a%20b+c&flag&tag=x&tag=y&bad=%zz"};
  EXPECT_TRUE(holds(R"({"query":{"page":{"gt":1}}})", asked));
  EXPECT_TRUE(holds(R"({"query":{"name":"a b c"}})", asked));
  EXPECT_TRUE(holds(R"({"query":{"flag":""}})", asked));
  EXPECT_TRUE(holds(R"({"query":{"tag":"y"}})", asked));
  EXPECT_TRUE(holds(R"({"query":{"bad":"%zz"}})", asked));
  EXPECT_FALSE(holds(R"({"query":{"other":{"exists":true}}})", asked));
}

TEST(Condition, TakesAListForOneOfTheseWhereNoValueIsAList) {
  const std::string either =
      R"({"method":["POST","PATCH"],"consumer_id":["bob","eve"],"headers":{"x-a":["1","2"]}})";
  EXPECT_TRUE(holds(either, {.headers = {{"x-a", "2"}}}));
  EXPECT_TRUE(holds(either, {.consumer_id = "eve", .method = "PATCH", .headers = {{"x-a", "1"}}}));
  EXPECT_FALSE(holds(either, {.method = "PUT", .headers = {{"x-a", "1"}}}));
  EXPECT_FALSE(holds(either, {.consumer_id = "al", .headers = {{"x-a", "1"}}}));
  EXPECT_FALSE(holds(R"({"consumer_id":{"not":["al","bob"]}})", {}));
  EXPECT_TRUE(body_holds("[1,2]", {1, 2})) << "in a body a list is a value";
  EXPECT_FALSE(body_holds("[1,2]", 1));
}

TEST(Condition, KnowsWhatIsEmpty) {
  using nlohmann::json;
  for (const auto& empty : {json(""), json::array(), json::object()}) {
    EXPECT_TRUE(body_holds(R"({"empty":true})", empty)) << empty;
    EXPECT_FALSE(body_holds(R"({"empty":false})", empty)) << empty;
  }
  for (const auto& full : {json(" "), json{0}, json{{"a", nullptr}}}) {
    EXPECT_FALSE(body_holds(R"({"empty":true})", full)) << full;
    EXPECT_TRUE(body_holds(R"({"empty":false})", full)) << full;
  }
  for (const auto& neither : {json(0), json(false), json(nullptr)})
    for (const auto* matcher : {R"({"empty":true})", R"({"empty":false})"})
      EXPECT_FALSE(body_holds(matcher, neither)) << neither;
  for (const auto* matcher : {R"({"body":{"/none":{"empty":true}}})", R"({"body":{"/none":{"empty":false}}})",
                              R"({"headers":{"x-none":{"empty":true}}})"})
    EXPECT_FALSE(holds(matcher, with_body(json::object()))) << matcher;
  EXPECT_TRUE(holds(R"({"headers":{"x-a":{"empty":true}}})", {.headers = {{"x-a", ""}}}));
}

TEST(Condition, TakesAnEmptyConsumerIdForNone) {
  EXPECT_TRUE(holds(R"({"consumer_id":{"exists":false}})", {.consumer_id = ""}));
  EXPECT_FALSE(holds(R"({"consumer_id":{"starts_with":""}})", {.consumer_id = ""}));
}

TEST(Condition, FollowsPointersIntoTheBody) {
  const auto asked = with_body(nlohmann::json::parse(R"({"a":{"b/c":[10,{"d":"x"}]},"n":null})"));
  EXPECT_TRUE(holds(R"({"body":{"/a/b~1c/1/d":"x"}})", asked));
  EXPECT_FALSE(holds(R"({"body":{"/a/b~1c/01/d":"x"}})", asked));
  EXPECT_FALSE(holds(R"({"body":{"/a/b~1c/2":{"exists":true}}})", asked));
  EXPECT_FALSE(holds(R"({"body":{"/a/b~1c/99999999999999999999":{"exists":true}}})", asked));
  EXPECT_TRUE(holds(R"({"body":{"/n":null}})", asked));
  EXPECT_TRUE(holds(R"({"body":{"/n":{"exists":true}}})", asked));
  EXPECT_TRUE(holds(R"({"body":{"":{"length":2}}})", asked));
  EXPECT_TRUE(holds(R"({"body":{"":{"exists":false}}})", {})) << "no body";
}

TEST(Condition, TakesAPlainBodyForASubset) {
  const auto asked = with_body(nlohmann::json::parse(R"({"s":{"a":1,"b":[1,{"c":2,"d":3}]},"t":1})"));
  EXPECT_TRUE(holds(R"({"body":{}})", asked));
  EXPECT_TRUE(holds(R"({"body":{"s":{"a":1.0}}})", asked));
  EXPECT_TRUE(holds(R"({"body":{"s":{"b":[1,{"c":2}]}}})", asked));
  EXPECT_FALSE(holds(R"({"body":{"s":{"b":[1]}}})", asked)) << "lists have the same length";
  EXPECT_FALSE(holds(R"({"body":{"s":{"a":2}}})", asked));
  EXPECT_FALSE(holds(R"({"body":{"s":[]}})", asked));
  EXPECT_FALSE(holds(R"({"body":{}})", {})) << "no body";
}

TEST(Condition, HasAMatcherForEachNeed) {
  EXPECT_TRUE(body_holds(R"({"equals":{"a":1}})", {{"a", 1}}));
  EXPECT_FALSE(body_holds(R"({"equals":{"a":1}})", {{"a", 1}, {"b", 2}}));
  EXPECT_TRUE(body_holds(R"({"in":[1,"x",null]})", nullptr));
  EXPECT_FALSE(body_holds(R"({"in":[1,"x"]})", "y"));
  EXPECT_TRUE(body_holds(R"({"contains":"ell"})", "hello"));
  EXPECT_TRUE(body_holds(R"({"contains":"crm"})", {"ats", "crm"}));
  EXPECT_FALSE(body_holds(R"({"contains":"cr"})", {"ats", "crm"}));
  EXPECT_TRUE(body_holds(R"({"contains":{"id":1}})", nlohmann::json::parse(R"([{"id":1,"n":2}])")));
  EXPECT_TRUE(body_holds(R"({"starts_with":"he","ends_with":"lo"})", "hello"));
  EXPECT_FALSE(body_holds(R"({"starts_with":"he","ends_with":"x"})", "hello"));
  EXPECT_TRUE(body_holds(R"({"matches":"^h.*o$"})", "hello"));
  EXPECT_TRUE(body_holds(R"({"matches":"ell"})", "hello"));
  EXPECT_FALSE(body_holds(R"({"matches":"^ell"})", "hello"));
  EXPECT_FALSE(body_holds(R"({"matches":"5"})", 5)) << "a number is no text";
  EXPECT_TRUE(body_holds(R"({"gt":1,"lt":2})", 1.5));
  EXPECT_TRUE(body_holds(R"({"gte":2,"lte":2})", 2));
  EXPECT_FALSE(body_holds(R"({"gt":2})", 2));
  EXPECT_FALSE(body_holds(R"({"gt":2})", "3")) << "a JSON string is not a number";
  EXPECT_TRUE(body_holds(R"({"gt":9007199254740992})", 9007199254740993));
  EXPECT_FALSE(body_holds(R"({"gte":9007199254740993})", 9007199254740992));
  EXPECT_TRUE(holds(R"({"query":{"n":{"lt":18446744073709551615}}})", {.query = "n=18446744073709551614"}));
  EXPECT_TRUE(body_holds(R"({"length":2})", "é€")) << "characters, not bytes";
  EXPECT_TRUE(body_holds(R"({"length":{"gte":1}})", {1, 2}));
  EXPECT_TRUE(body_holds(R"({"length":0})", nlohmann::json::object()));
  EXPECT_FALSE(body_holds(R"({"length":1})", 7));
  EXPECT_TRUE(body_holds(R"({"length":[1,3]})", {1, 2, 3}));
  EXPECT_FALSE(body_holds(R"({"length":[1,3]})", {1, 2}));
  EXPECT_TRUE(body_holds(R"({"any":[1,{"gt":10}]})", 11));
  EXPECT_FALSE(body_holds(R"({"any":[1,{"gt":10}]})", 5));
  EXPECT_TRUE(body_holds(R"({"all":[{"gt":1},{"lt":9}]})", 5));
  EXPECT_TRUE(body_holds(R"({"not":"x"})", "y"));
  EXPECT_FALSE(body_holds(R"({"not":"x"})", "x"));
  EXPECT_TRUE(holds(R"({"body":{"/none":{"not":"x"}}})", with_body({{"v", 1}}))) << "nothing is not 'x'";
}

TEST(Condition, CombinesConditions) {
  const std::string either = R"({"any":[{"consumer_id":"bob"},{"app_id":"app-9"}]})";
  EXPECT_TRUE(holds(either, {}));
  EXPECT_TRUE(holds(either, {.consumer_id = "x", .app_id = "app-9"}));
  EXPECT_FALSE(holds(either, {.consumer_id = "x"}));
  EXPECT_TRUE(holds(R"({"all":[{"consumer_id":"bob"},{"app_id":"app-1"}]})", {}));
  EXPECT_FALSE(holds(R"({"not":{"consumer_id":"bob"}})", {}));
}

TEST(Condition, SaysWhatItSawAndWhatItWants) {
  EXPECT_EQ(why_not(R"({"consumer_id":{"starts_with":"retry-"}})", {}),
            "consumer_id: expected something that starts with \"retry-\", was \"bob\"");
  EXPECT_EQ(why_not(R"({"consumer_id":"acme"})", {.consumer_id = ""}),
            "consumer_id: expected \"acme\", was missing");
  EXPECT_EQ(why_not(R"({"consumer_id":{"in":["a","b"]}})", {}),
            "consumer_id: expected one of \"a\", \"b\", was \"bob\"");
  EXPECT_EQ(why_not(R"({"consumer_id":{"not":"bob"}})", {}),
            "consumer_id: expected anything but \"bob\", was \"bob\"");
  EXPECT_EQ(why_not(R"({"headers":{"X-Plan":"free"}})", {.headers = {{"x-plan", "paid"}}}),
            "header x-plan: expected \"free\", was \"paid\"");
  EXPECT_EQ(why_not(R"({"headers":{"X-Plan":{"exists":false}}})", {.headers = {{"x-plan", "paid"}}}),
            "header x-plan: expected none, was \"paid\"");
  EXPECT_EQ(why_not(R"({"query":{"page":{"gte":2}}})", {.query = "page=1"}),
            "query parameter page: expected a number of at least 2, was \"1\"");
  EXPECT_EQ(why_not(R"({"body":{"/settings/session_length":{"matches":"^[0-9]+d$"}}})",
                    with_body({{"settings", {{"session_length", "1h"}}}})),
            "body /settings/session_length: expected a text that matches /^[0-9]+d$/, was \"1h\"");
  EXPECT_EQ(why_not(R"({"body":{"/a":{"empty":true}}})", with_body({{"a", "xy"}})),
            "body /a: expected something empty, was \"xy\"");
  EXPECT_EQ(why_not(R"({"method":["GET","PUT"]})", {}),
            "method: expected one of \"GET\", \"PUT\", was \"POST\"");
  EXPECT_EQ(why_not(R"({"body":{"/a":{"length":{"gt":3}}}})", with_body({{"a", "xy"}})),
            "body /a: expected a length of a number greater than 3, was \"xy\"");
  EXPECT_EQ(why_not(R"({"body":{"settings":{"unified_apis":["crm"]}}})",
                    with_body({{"settings", {{"unified_apis", {"ats"}}}}})),
            "body /settings/unified_apis/0: expected \"crm\", was \"ats\"");
  EXPECT_EQ(why_not(R"({"body":{"settings":{}}})", {}), "body: expected {\"settings\":{}}, was missing");
  EXPECT_EQ(why_not(R"({"any":[{"consumer_id":"a"},{"app_id":"b"}]})", {}),
            "none of its alternatives holds: consumer_id: expected \"a\", was \"bob\"; "
            "app_id: expected \"b\", was \"app-1\"");
  EXPECT_EQ(why_not(R"({"not":{"consumer_id":"bob"}})", {}),
            "the request has what the condition excludes: consumer_id \"bob\"");
}

TEST(Condition, NeverShowsAWholeKey) {
  const Asked asked{.api_key = "sk_live_abcdefghijkl",
                    .headers = {{"Authorization", "Bearer sk_live_abcdefghijkl"}}};
  EXPECT_EQ(why_not(R"({"api_key":"sk_live_other_secret"})", asked),
            "api_key: expected another, was \"sk_l***\"");
  EXPECT_EQ(why_not(R"({"headers":{"authorization":"Bearer sk_live_other"}})", asked),
            "header authorization: expected another, was \"Bear***\"");
  EXPECT_EQ(why_not(R"({"not":{"api_key":"sk_live_abcdefghijkl"}})", asked),
            "the request has what the condition excludes: api_key as written in the condition");
}

TEST(Condition, CutsLongValuesShort) {
  const auto reason = why_not(R"({"consumer_id":"a"})", {.consumer_id = std::string(10'000, 'x')});
  EXPECT_LT(reason.size(), 200u);
}

TEST(Condition, NamesSomeOfManyAlternatives) {
  std::string of;
  for (int i = 0; i < 5'000; ++i)
    of += (i > 0 ? R"(,{"consumer_id":"x)" : R"({"consumer_id":"x)") + std::to_string(i) + "\"}";
  for (const auto& when : {R"({"any":[)" + of + "]}", R"({"not":{"not":{"any":[)" + of + "]}}}"}) {
    const auto reason = why_not(when, {.consumer_id = "bob"});
    EXPECT_LT(reason.size(), 2'000u);
    EXPECT_TRUE(reason.ends_with(" more") || reason.ends_with(" more)")) << reason;
  }
}

TEST(Condition, CountsItsDifferencesForTheNearestRequest) {
  const auto condition =
      condition_from_text(R"({"when":{"consumer_id":"a","app_id":"b","method":"POST"}})", "/when", "x", {});
  ASSERT_TRUE(condition);
  RequestView request;
  request.consumer_id = "a";
  request.method = "POST";
  EXPECT_EQ(condition->differences(request), std::vector<std::string>{"app_id: expected \"b\", was missing"});
}

// Patterns that take exponential time where back-tracking is used, and the largest automata that are let
// through. The processor's time, which does not pass while the machine does something else.
TEST(Condition, TakesTimeInProportionToTheTextWhateverThePattern) {
  const auto cost = [](std::size_t size) {
    const std::string text(size, 'a');
    const auto start = std::clock();
    EXPECT_FALSE(body_holds(R"({"matches":"^(a+)+$"})", text + "!"));
    EXPECT_FALSE(body_holds(R"({"matches":"(a+a+)+y"})", text));
    EXPECT_FALSE(body_holds(R"({"matches":"(.*a){200}b"})", text));
    EXPECT_FALSE(body_holds(R"({"matches":"(a?){300}b"})", text));
    EXPECT_FALSE(body_holds(R"({"matches":"[\\pL]{3}.{90}[ab].{90}b"})", text));
    return static_cast<double>(std::clock() - start);
  };
  const auto few = cost(8 * 1024 - 1);
  EXPECT_LT(cost(64 * 1024 - 1) / few, 40) << "it is 8 in proportion, and 64 in proportion to the square";
}

TEST(Condition, FindsAPatternInALongText) {
  const std::string text(1'000'000, 'a');
  EXPECT_TRUE(body_holds(R"({"matches":"^a+$"})", text));
  EXPECT_FALSE(body_holds(R"({"matches":"^a+$"})", text + "!"));
}

// Neither the test nor its opposite, on whatever level it is turned round.
TEST(Condition, NeverHoldsByWhatTakesTooLongToTell) {
  const std::string text(1'000'000, 'b');
  const std::string dear = R"({"matches":"(a?){300}c"})";
  EXPECT_FALSE(body_holds(dear, text));
  EXPECT_FALSE(body_holds(R"({"not":)" + dear + "}", text));
  EXPECT_FALSE(body_holds(R"({"all":["x",)" + dear + "]}", text));
  EXPECT_TRUE(body_holds(R"({"not":{"all":["x",)" + dear + "]}}", text)) << "sure without it";
  const auto asked = with_body({{"v", text}});
  const auto place = R"({"body":{"/v":)" + dear + "}}";
  EXPECT_FALSE(holds(R"({"not":)" + place + "}", asked));
  EXPECT_FALSE(holds(R"({"not":{"not":)" + place + "}}", asked));
  const auto reason = why_not(place, asked);
  EXPECT_TRUE(
      reason.find("expected a text that matches /(a?){300}c/ (this one takes too long to judge), was ") !=
      reason.npos)
      << reason;
}

}  // namespace
}  // namespace vault_mock::rules
