#include <string>

#include "app/cli/ca.hpp"
#include "app/cli/check.hpp"
#include "app/cli/explain.hpp"
#include "app/cli/health.hpp"
#include "app/cli/options.hpp"
#include "app/cli/print.hpp"
#include "app/doctor/doctor.hpp"
#include "app/serve.hpp"
#include "text/contained.hpp"

namespace {

using namespace vault_mock::app;

int run(int argc, char** argv) {
  const auto parsed = read_command_line(argc, argv);
  if (const auto* options = std::get_if<ServeOptions>(&parsed)) return serve(*options);
  if (const auto* options = std::get_if<CheckOptions>(&parsed)) return check(*options);
  if (const auto* options = std::get_if<ExplainOptions>(&parsed)) return explain(*options);
  if (const auto* options = std::get_if<HealthOptions>(&parsed)) return health(*options);
  if (const auto* options = std::get_if<CaOptions>(&parsed)) return ca(*options);
  if (const auto* options = std::get_if<DoctorOptions>(&parsed)) return doctor(*options);
  const auto& exit = std::get<Exit>(parsed);
  print(exit.out);
  print_error(exit.err);
  return exit.code;
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int kFault = 70;  // EX_SOFTWARE: a fault of the program's own
  int code = kFault;
  vault_mock::text::contained([&] { code = run(argc, argv); },
                              [](std::string_view why) {
                                complain("vault-mock",
                                         std::string("ended by a fault of its own: ").append(why));
                              });
  return code;
}
