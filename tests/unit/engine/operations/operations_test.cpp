#include "engine/operations/operations.hpp"

#include <gtest/gtest.h>
#include <set>

#include "contract/contract.hpp"
#include "text/embedded.hpp"

namespace vault_mock::engine {
namespace {

TEST(Operations, EachHandlerIsOfAnOperationOfTheContract) {
  const contract::Contract contract(text::embedded_file("server/contract/openapi.json"));
  std::set<std::string> known, handled;
  for (const auto& operation : contract.operations()) known.insert(operation.id);
  for (const auto& entry : operation_entries()) {
    EXPECT_TRUE(known.contains(std::string(entry.operation_id))) << entry.operation_id << " is misspelt";
    EXPECT_TRUE(handled.insert(std::string(entry.operation_id)).second)
        << entry.operation_id << " is there twice";
  }
  EXPECT_EQ(known, handled) << "operations without behaviour of their own are answered with their example";
}

}  // namespace
}  // namespace vault_mock::engine
