// Which operation a path that has none most likely means, and when that would be a guess.
#include "contract/nearest_route.hpp"

#include <gtest/gtest.h>

namespace vault_mock::contract {
namespace {

const Contract& contract() {
  static const Contract read(R"({"security": [], "paths": {
    "/shop/orders": {"get": {"operationId": "ordersAll", "responses": {"200": {}}}, "post": {"operationId": "ordersAdd", "responses": {"200": {}}}},
    "/shop/orders/{id}": {"get": {"operationId": "ordersOne", "responses": {"200": {}}}, "delete": {"operationId": "ordersDelete", "responses": {"200": {}}}},
    "/shop/orders/{id}/lines/{line}": {"get": {"operationId": "linesOne", "responses": {"200": {}}}},
    "/basket/{token}": {"get": {"operationId": "basketOne", "responses": {"200": {}}}}}})");
  return read;
}

// "GET /shop/orders ('order' is not 'orders')", or "-".
std::string near(std::string_view method, std::string_view path) {
  const auto route = nearest_route(contract(), method, path);
  return route ? route->method + " " + route->path + " (" + route->mistake + ")" : "-";
}

TEST(NearestRoutes, HaveTheirSegmentsSpelledRight) {
  EXPECT_EQ(near("GET", "/shop/order"), "GET /shop/orders ('order' is not 'orders')");
  EXPECT_EQ(near("POST", "/Shop/ORDERS"),
            "POST /shop/orders ('Shop' is not 'shop', 'ORDERS' is not 'orders')");
  EXPECT_EQ(near("GET", "/shop/orders/7/line/2"), "GET /shop/orders/7/lines/2 ('line' is not 'lines')");
}

TEST(NearestRoutes, HaveNoSegmentTooManyAndNoneTooFew) {
  EXPECT_EQ(near("GET", "/shop/orders/"), "GET /shop/orders (there is a '/' at the end)");
  EXPECT_EQ(near("GET", "//shop/orders"), "GET /shop/orders (there is a '/' too many)");
  EXPECT_EQ(near("POST", "/shop/shop/orders"), "POST /shop/orders ('shop' stands twice)");
  EXPECT_EQ(near("GET", "/shop/orders//lines/2"), "GET /shop/orders/{id}/lines/2 ('{id}' is empty)");
  EXPECT_EQ(near("POST", "/orders"), "POST /shop/orders ('shop' is missing)");
  EXPECT_EQ(near("DELETE", "/shop/orders"), "DELETE /shop/orders/{id} ('{id}' is missing)");
  EXPECT_EQ(near("GET", "/shop/orders/7/lines"), "GET /shop/orders/7/lines/{line} ('{line}' is missing)");
}

TEST(NearestRoutes, SayWhatStandsBeforeAnOtherwiseRightPath) {
  const auto before = [](std::string_view path) {
    const auto route = nearest_route(contract(), "GET", path);
    return route ? route->before : "-";
  };
  EXPECT_EQ(before("/t1/shop/orders"), "t1");
  EXPECT_EQ(before("/shop/shop/orders"), "");
  EXPECT_EQ(before("/shop/orders/"), "");
}

TEST(NearestRoutes, TakeTheRequestsMethodWhereTwoAreAsNear) {
  EXPECT_EQ(near("DELETE", "/shop/order/7"), "DELETE /shop/orders/7 ('order' is not 'orders')");
  EXPECT_EQ(near("HEAD", "/shop/order"), "GET /shop/orders ('order' is not 'orders')");
  EXPECT_EQ(near("PATCH", "/shop/order"), "GET /shop/orders ('order' is not 'orders')");
}

TEST(NearestRoutes, AreNotGuessed) {
  for (const auto* path : {"/", "", "x", "/nowhere", "/shop", "/shop/nothing", "/nowhere/7",
                           "/a/b/c/d/e/f/g/h/i/j/k/l/m/n", "///////////////"})
    EXPECT_EQ(near("GET", path), "-") << path;
  // A variable has a name that can be shown; a word that could be any of several has not.
  EXPECT_EQ(near("GET", "/basket"), "GET /basket/{token} ('{token}' is missing)");
}

}  // namespace
}  // namespace vault_mock::contract
