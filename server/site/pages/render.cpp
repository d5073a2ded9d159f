#include "site/pages/render.hpp"

#include "text/embedded.hpp"

namespace vault_mock::site {
namespace {

using engine::PageModel;

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '"')
      result += "&quot;";
    else if (c == '<')
      result += "&lt;";
    else
      result += c;
  }
  return result;
}

std::string attribute(std::string_view name, std::string_view value) {
  return std::string(" data-").append(name).append("=\"").append(escaped(value)).append("\"");
}

// Of the <html> element: data-state="expired" data-now="1790000000000".
std::string attributes_of(const PageModel& page) {
  auto result = attribute("state", page.state);
  if (page.page == PageModel::Page::session) {
    result += attribute("now", std::to_string(page.now.time_since_epoch().count()));
    result += attribute("images", page.loads_all_images ? "all" : "own");
  }
  result += attribute("request", page.request_id);
  if (!page.icon.empty()) result += attribute("icon", page.icon);
  if (!page.message.empty()) result += attribute("message", page.message);
  if (page.severs_opener) result += attribute("opener", "severed");
  return result.substr(1);
}

std::string_view file_of(PageModel::Page page) {
  switch (page) {
    case PageModel::Page::session:
      return "server/web/session.html";
    case PageModel::Page::vault_js:
      return "server/web/vault-js.html";
    case PageModel::Page::provider:
      return "server/web/provider.html";
    case PageModel::Page::landing:
      return "server/web/landing.html";
  }
  return "";
}

}  // namespace

engine::Response render_page(int status, const PageModel& page) {
  std::string body(text::embedded_file(file_of(page.page)));
  replace_all(body, "{root}", page.root);
  replace_all(body, "data-page", attributes_of(page));
  // The app's page says where the API is (unifyBaseUrl), and frames this one: no frame-ancestors.
  const std::string api = page.page == PageModel::Page::vault_js ? "http: https:" : "'self'";
  const std::string images = page.loads_all_images ? "'self' data: http: https:" : "'self' data:";
  engine::Response response{
      .status = status,
      .headers = {{"content-type", "text/html; charset=utf-8"},
                  {"content-security-policy",
                   "default-src 'none'; script-src 'self'; style-src 'self'; connect-src " + api +
                       "; img-src " + images + "; base-uri 'none'; form-action 'self'"},
                  {"cache-control", "no-store"},
                  {"referrer-policy", "no-referrer"},
                  {"x-content-type-options", "nosniff"}},
      .body = std::move(body)};
  // As where the vendor's popup is opened from nested frames: whoever opened the window no longer reaches it.
  if (page.severs_opener) response.headers.emplace_back(engine::kOpenerPolicy, engine::kSeveringPolicy);
  return response;
}

}  // namespace vault_mock::site
