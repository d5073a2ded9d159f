// A connection that was authorized and is not confirmed.
#include <gtest/gtest.h>

#include "vault/connection.hpp"
#include "vault/oauth_settings.hpp"

namespace vault_mock::vault {
namespace {

const Connector& connector(std::string_view unified_api, std::string_view service_id) {
  return *Catalogue::shipped().find(std::string(unified_api), std::string(service_id));
}

Connection unconfirmed() {
  Connection connection;
  set_authorized(connection, true);
  connection.confirmation = Confirmation();
  connection.confirmation->token = "token";
  return connection;
}

TEST(Confirmation, IsPendingUntilItsTokenIsUsed) {
  auto connection = unconfirmed();
  EXPECT_TRUE(is_pending_confirmation(connection));
  EXPECT_EQ(state_of(connector("crm", "hubspot"), &connection), ConnectionState::authorized);
  connection.confirmation->used = true;
  EXPECT_FALSE(is_pending_confirmation(connection));
  EXPECT_EQ(state_of(connector("crm", "hubspot"), &connection), ConnectionState::callable);
}

TEST(Confirmation, IsForgottenWhenTheConnectionIsAuthorizedInOneStepOrRevoked) {
  for (const bool authorized : {true, false}) {
    auto connection = unconfirmed();
    connection.invalid = true;
    set_authorized(connection, authorized);
    EXPECT_FALSE(is_pending_confirmation(connection));
    EXPECT_FALSE(connection.confirmation);
    EXPECT_FALSE(connection.invalid);
    EXPECT_EQ(state_of(connector("crm", "hubspot"), &connection),
              authorized ? ConnectionState::callable : ConnectionState::added);
  }
}

TEST(Confirmation, WaitsBehindARefusalOfTheProvider) {
  auto connection = unconfirmed();
  connection.invalid = true;
  EXPECT_EQ(state_of(connector("crm", "hubspot"), &connection), ConnectionState::invalid);
  connection.authorized = connection.invalid = false;
  EXPECT_FALSE(is_pending_confirmation(connection));
}

TEST(Confirmation, CountsForTheSizeOfItsConnection) {
  auto connection = unconfirmed();
  const auto with_token = bytes_of(connection);
  connection.confirmation.reset();
  EXPECT_GT(with_token, bytes_of(connection));
}

TEST(OAuthSettings, ChangeOnlyWhatIsSaidInTheirForm) {
  const OAuthSettings on{.confirm = true, .severs_opener = true};
  using nlohmann::json;
  for (const auto& changes : {json(), json(5), json::object(), json{{"confirm", "false"}, {"opener", 1}}})
    EXPECT_EQ(changed(on, changes), on) << changes;
  EXPECT_EQ(changed(on, {{"confirm", false}}), (OAuthSettings{.confirm = false, .severs_opener = true}));
  EXPECT_EQ(changed(on, {{"opener", "kept"}}), (OAuthSettings{.confirm = true, .severs_opener = false}));
  for (const auto& settings : {on, OAuthSettings()})
    EXPECT_EQ(changed(on, json(to_json(settings))), settings) << "what is written can be read";
}

}  // namespace
}  // namespace vault_mock::vault
