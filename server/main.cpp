#include <cstdio>

#include "app/ca.hpp"
#include "app/check.hpp"
#include "app/doctor.hpp"
#include "app/explain.hpp"
#include "app/health.hpp"
#include "app/options.hpp"
#include "app/serve.hpp"

int main(int argc, char** argv) {
  using namespace vault_mock::app;
  const auto parsed = read_command_line(argc, argv);
  if (const auto* options = std::get_if<ServeOptions>(&parsed)) return serve(*options);
  if (const auto* options = std::get_if<CheckOptions>(&parsed)) return check(*options);
  if (const auto* options = std::get_if<ExplainOptions>(&parsed)) return explain(*options);
  if (const auto* options = std::get_if<HealthOptions>(&parsed)) return health(*options);
  if (const auto* options = std::get_if<CaOptions>(&parsed)) return ca(*options);
  if (const auto* options = std::get_if<DoctorOptions>(&parsed)) return doctor(*options);
  const auto& exit = std::get<Exit>(parsed);
  std::fputs(exit.out.c_str(), stdout);
  std::fputs(exit.err.c_str(), stderr);
  return exit.code;
}
