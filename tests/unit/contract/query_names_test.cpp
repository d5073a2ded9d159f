#include "contract/query_names.hpp"

#include <gtest/gtest.h>

namespace vault_mock::contract {
namespace {

Parameter parameter(Parameter::In in, std::string name, bool is_object) {
  return {in, std::move(name), false, "", is_object, Schema::trusted(nlohmann::json::object())};
}

Operation operation_with(std::vector<Credential> credentials) {
  using In = Parameter::In;
  Operation operation;
  operation.credentials = std::move(credentials);
  operation.parameters = {parameter(In::query, "api", false), parameter(In::query, "configured", false),
                          parameter(In::query, "filter", true),
                          parameter(In::header, "x-apideck-app-id", false)};
  return operation;
}

const Operation kOfProgram = operation_with({Credential::api_key});
const Operation kOfBrowser = operation_with({});

std::vector<std::string> names_in(const Operation& operation, std::string_view query) {
  std::vector<std::string> names;
  for (const auto& advice : advise_query_names(operation, query)) names.push_back(advice.place);
  return names;
}

using Names = std::vector<std::string>;

TEST(QueryNames, AreKnown) {
  EXPECT_EQ(names_in(kOfProgram, ""), Names());
  EXPECT_EQ(names_in(kOfProgram, "&=x&api=crm&configured=true&filter[a]=b&filter=x&filter[=x"), Names());
  EXPECT_EQ(names_in(kOfProgram, "_method=PATCH&jwt=x"), Names());
}

TEST(QueryNames, AreToldOnceEachWhenTheOperationDoesNotHaveThem) {
  EXPECT_EQ(names_in(kOfProgram, "color=red&a%70is=crm&color=blue&api[]=crm"),
            (Names{"color", "apis", "api[]"}));
  EXPECT_EQ(names_in(kOfProgram, "x-apideck-app-id=a"), Names{"x-apideck-app-id"});
}

TEST(QueryNames, SuggestWhatTheQueryDoesNotHave) {
  EXPECT_EQ(advise_query_names(kOfProgram, "apis=crm").at(0).text,
            "'apis' is not a parameter of this operation, and is ignored. Did you mean 'api'?");
  EXPECT_EQ(advise_query_names(kOfProgram, "apis=crm&api=crm").at(0).text,
            "'apis' is not a parameter of this operation, and is ignored");
  EXPECT_EQ(
      advise_query_names(kOfProgram, "by[configurd]=true").at(0).text,
      "'by[configurd]' is not a parameter of this operation, and is ignored. Did you mean 'configured'?");
}

TEST(QueryNames, OfABrowserAreToldWhenTheyResembleOne) {
  EXPECT_EQ(names_in(kOfBrowser, "utm_source=mail&apis=crm"), Names{"apis"});
}

TEST(QueryNames, AreToldUpToAHundred) {
  std::string query;
  for (int i = 0; i < 300; ++i) query += "&unknown-" + std::to_string(i) + "=x";
  EXPECT_EQ(advise_query_names(kOfProgram, query).size(), 100U);
}

}  // namespace
}  // namespace vault_mock::contract
