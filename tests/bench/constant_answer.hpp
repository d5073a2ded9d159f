// What the servers of the comparison say: as much as the answer to the vendor's example body.
#pragma once

#include <httplib.h>
#include <string>

namespace vault_mock::bench {

inline void answer(httplib::Response& response) {
  static const std::string body =
      R"({"status_code":200,"status":"OK","data":{"session_uri":"https://vault.apideck.com/session/)" +
      std::string(1'430, 't') + R"(","session_token":")" + std::string(1'430, 't') + "\"}}";
  response.set_content(body, "application/json");
}

}  // namespace vault_mock::bench
