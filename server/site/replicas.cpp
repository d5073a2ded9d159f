#include "site/replicas.hpp"

#include <algorithm>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "site/admin/admin.hpp"
#include "text/headers.hpp"

namespace vault_mock::site {

void add_late(net::Answer& answer, const std::vector<std::string>& late) {
  if (!late.empty()) answer.headers.emplace_back("x-mock-late", fmt::format("{}", fmt::join(late, ", ")));
}

void accept_late(net::Answer& answer, const std::vector<std::string>& late) {
  if (late.empty()) return;
  add_late(answer, late);
  if (answer.status < 200 || answer.status > 299) return;
  auto body = nlohmann::ordered_json::parse(answer.body, nullptr, /*allow_exceptions=*/false);
  if (!body.is_object()) body = nlohmann::ordered_json::object();
  body["late"] = late;
  auto accepted = admin_json(202, body);
  answer.status = accepted.status;
  answer.body = std::move(accepted.body);
  if (std::ranges::find(answer.headers, "content-type", &text::Header::first) == answer.headers.end())
    answer.headers.push_back(accepted.headers.front());
}

}  // namespace vault_mock::site
