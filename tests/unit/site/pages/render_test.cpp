#include "site/pages/render.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace vault_mock::site {
namespace {

using engine::PageModel;

std::string policy_of(const engine::Response& response) {
  for (const auto& [name, value] : response.headers)
    if (name == "content-security-policy") return value;
  return "";
}

bool has(const engine::Response& response, std::string_view text) {
  return response.body.find(text) != response.body.npos;
}

TEST(RenderPage, PutsWhatTheModelSaysIntoAttributes) {
  PageModel page;
  page.state = "expired";
  page.root = "../../";
  page.request_id = "id";
  page.now = vault::Millis(std::chrono::milliseconds(1'790'000'000'000));
  const auto response = render_page(401, page);
  EXPECT_EQ(response.status, 401);
  EXPECT_TRUE(has(response,
                  "<html lang=\"en\" data-state=\"expired\" data-now=\"1790000000000\" "
                  "data-images=\"own\" data-request=\"id\">"))
      << response.body;
  EXPECT_TRUE(has(response, "src=\"../../_page/session.js\""));
  EXPECT_FALSE(has(response, "{root}"));
}

TEST(RenderPage, LetsThePageInAFrameAskOtherHosts) {
  PageModel page;
  page.page = PageModel::Page::vault_js;
  page.state = "active";
  const auto response = render_page(200, page);
  EXPECT_TRUE(has(response, "src=\"_page/vault-js.js\"")) << response.body;
  EXPECT_NE(policy_of(response).find("connect-src http: https:;"), std::string::npos);
  EXPECT_EQ(policy_of(response).find("frame-ancestors"), std::string::npos);
  page.page = PageModel::Page::session;
  EXPECT_NE(policy_of(render_page(200, page)).find("connect-src 'self';"), std::string::npos);
}

TEST(RenderPage, LetsNoTextLeaveItsAttribute) {
  PageModel page;
  page.page = PageModel::Page::provider;
  page.state = "ask";
  page.icon = "\"><script>&quot;";
  EXPECT_TRUE(has(render_page(200, page), " data-icon=\"&quot;>&lt;script>&amp;quot;\">"));
  page.icon = "";
  EXPECT_FALSE(has(render_page(200, page), "data-icon"));
}

TEST(RenderPage, CutsOffOnlyTheWindowThatIsToBe) {
  PageModel page;
  page.page = PageModel::Page::landing;
  page.state = "landed";
  page.root = "../";
  const auto policies = [](const engine::Response& response) {
    return std::ranges::count(response.headers, "cross-origin-opener-policy", &text::Header::first);
  };
  const auto usual = render_page(200, page);
  EXPECT_TRUE(has(usual, "src=\"../_page/landing.js\""));
  EXPECT_FALSE(has(usual, "data-opener"));
  EXPECT_EQ(policies(usual), 0);
  page.severs_opener = true;
  const auto severed = render_page(200, page);
  EXPECT_TRUE(has(severed, " data-opener=\"severed\""));
  EXPECT_EQ(policies(severed), 1);
}

TEST(RenderPage, SaysWhatARequestLacks) {
  PageModel page;
  page.page = PageModel::Page::provider;
  page.state = "incomplete";
  page.message = "Missing \"x\"";
  EXPECT_TRUE(has(render_page(400, page), " data-message=\"Missing &quot;x&quot;\""));
}

TEST(RenderPage, LoadsImagesOfOtherHostsOnlyWhenAsked) {
  PageModel page;
  EXPECT_NE(policy_of(render_page(200, page)).find("img-src 'self' data:;"), std::string::npos);
  page.loads_all_images = true;
  EXPECT_NE(policy_of(render_page(200, page)).find("img-src 'self' data: http: https:;"), std::string::npos);
}

}  // namespace
}  // namespace vault_mock::site
