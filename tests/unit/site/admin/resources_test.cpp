#include "site/admin/resources.hpp"

#include <gtest/gtest.h>
#include <set>

#include "contract/contract.hpp"
#include "text/embedded.hpp"

namespace vault_mock::site {
namespace {

TEST(AdminResources, AreTheOperationsOfTheirDocument) {
  const contract::Contract document(text::embedded_file("server/site/admin/admin.json"));
  std::multiset<std::string> documented, answered;
  for (const auto& operation : document.operations()) documented.insert(operation.id);
  for (const auto& resource : resources()) answered.insert(std::string(resource.operation_id));
  EXPECT_EQ(answered, documented);
}

}  // namespace
}  // namespace vault_mock::site
