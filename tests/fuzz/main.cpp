// The entry of libFuzzer. The environment says what to do:
//
//   FUZZ_TARGET=NAME        fuzz that target
//   FUZZ_SEEDS=FOLDER       only write its seeds there, one a file, and end
//   FUZZ_LIST=yes           only list the targets
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "fuzz/target.hpp"

namespace {

using namespace vault_mock::fuzz;

const Target* target = nullptr;

void write_seeds(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::size_t number = 0;
  const auto write = [&](const std::string& input) {
    std::ofstream(folder / std::to_string(++number), std::ios::binary) << input;
  };
  for (const auto& input : target->seeds()) write(input);
  for (const auto& input : found_inputs(target->name)) write(input);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  if (std::getenv("FUZZ_LIST") != nullptr) {
    for (const auto& one : targets())
      std::printf("%-12s %s\n", std::string(one.name).c_str(), std::string(one.reads).c_str());
    std::exit(0);
  }
  const auto* name = std::getenv("FUZZ_TARGET");
  target = find_target(name == nullptr ? "" : name);
  if (target == nullptr) {
    std::fputs("FUZZ_TARGET names no target; FUZZ_LIST=yes lists them\n", stderr);
    std::exit(2);
  }
  if (const auto* folder = std::getenv("FUZZ_SEEDS")) {
    write_seeds(folder);
    std::exit(0);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  target->run({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
