// The vendor's example of a request for a session, of another consumer and another account each time, so that
// no server could answer from memory.
#pragma once

#include <fmt/format.h>
#include <string>
#include <string_view>

namespace vault_mock::bench {

inline std::string session_body(int number, std::string_view unified_api = "crm") {
  return fmt::format(
      R"({{"consumer_metadata":{{"account_name":"SpaceX {:06}","user_name":"Elon Musk","email":"elon@musk.com",)"
      R"("image":"https://www.spacex.com/static/images/share.jpg"}},"redirect_uri":"https://mysaas.com/dashboard",)"
      R"("settings":{{"unified_apis":["{}"],"hide_resource_settings":false,"sandbox_mode":false,)"
      R"("isolation_mode":false,"session_length":"30m","show_logs":true,"show_suggestions":false,)"
      R"("show_sidebar":true,"auto_redirect":false,"hide_guides":false,)"
      R"("allow_actions":["delete","disconnect","reauthorize","disable"]}},)"
      R"("theme":{{"favicon":"https://res.cloudinary.com/apideck/icons/intercom","primary_color":"#286efa",)"
      R"("privacy_url":"https://compliance.apideck.com/privacy-policy","sidepanel_background_color":"#286efa",)"
      R"("sidepanel_text_color":"#FFFFFF",)"
      R"("terms_url":"https://www.termsfeed.com/terms-conditions/957c85c1b089ae9e3219c83eff65377e",)"
      R"("vault_name":"Intercom"}}}})",
      number, unified_api);
}

inline std::string request_text(std::string_view method, std::string_view path, std::string_view credential,
                                std::string_view consumer, std::string_view body) {
  return fmt::format(
      "{} {} HTTP/1.1\r\nHost: 127.0.0.1:4010\r\nContent-Type: application/json\r\n"
      "Authorization: Bearer {}\r\nx-apideck-app-id: dSBdXd2H6Mqwfg0atXHXYcysLJE9qyn1VwBtXHX\r\n"
      "x-apideck-consumer-id: {}\r\nContent-Length: {}\r\n\r\n{}",
      method, path, credential, consumer, body.size(), body);
}

inline std::string session_request(int number, std::string_view consumer) {
  return request_text("POST", "/vault/sessions", "sk_live_bench", consumer, session_body(number));
}

}  // namespace vault_mock::bench
