// What an answer costs among 10,000 rules and with one: `./dev bench rules`. Ends with 1 when rules that name
// a text (a consumer, a member of the body, a header, a start) cost more than 1.5 times one rule.
//
// The rule that decides is the last one of the book, and passes, so that both sides do the same besides. Each
// figure is the least processor time of its repetitions, which are shuffled: what else the machine does hits
// all alike.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "engine/names_of_contract.hpp"
#include "rules/language/rule_file.hpp"
#include "text/embedded.hpp"
#include "text/headers.hpp"

namespace vault_mock::bench {
namespace {

constexpr int kMany = 10'000;
constexpr int kRepetitions = 12;
constexpr double kMost = 1.5;

// A kind of condition: the number of a rule goes where the # is.
struct Kind {
  std::string name;
  std::string when;
  enum class Wanted { indexed, whatever } wanted = Wanted::indexed;
};

const std::vector<Kind> kKinds = {
    {"consumer_id", R"({"consumer_id": "consumer-#"})"},
    {"consumer_id, one of two", R"({"consumer_id": {"in": ["consumer-#", "other-#"]}})"},
    {"consumer_id, start", R"({"consumer_id": {"starts_with": "consumer-#"}})"},
    {"app_id", R"({"app_id": "app-#"})"},
    {"header", R"({"headers": {"x-case": "case-#"}})"},
    {"body, pointer", R"({"body": {"/redirect_uri": "https://app.test/#"}})"},
    {"body, subset", R"({"body": {"consumer_metadata": {"user_name": "user #"}}})"},
    {"body, contains", R"({"body": {"/redirect_uri": {"contains": "app.test/#"}}})", Kind::Wanted::whatever},
    {"body, regular expression", R"({"body": {"/redirect_uri": {"matches": "app\\.test/#$"}}})",
     Kind::Wanted::whatever},
};

// All numbers have five digits, so that none is the start of another.
std::string numbered(std::string text, int number) {
  const auto digits = std::to_string(100'000 + number).substr(1);
  for (auto at = text.find('#'); at != text.npos; at = text.find('#')) text.replace(at, 1, digits);
  return text;
}

constexpr std::string_view kBody =
    R"({"redirect_uri":"https://app.test/10000","consumer_metadata":{"user_name":"user 10000"},)"
    R"("settings":{"unified_apis":["crm"],"session_length":"30m"}})";

// An engine and a space that has the rules number `first` to 10,000 of a kind.
struct World {
  World(const Kind& kind, int first)
      : contract(text::embedded_file("server/contract/openapi.json")),
        engine(contract, {}),
        space("default",
              {.rules = book(kind, first), .secret = "secret", .seed = 1, .clock = {}, .journal = {}}) {}

  std::shared_ptr<const rules::RuleBook> book(const Kind& kind, int first) const {
    std::string text = R"({"rules":[)";
    for (int number = first; number <= kMany; ++number)
      text += numbered(R"({"name":"#","when":)" + kind.when + R"(,"respond":{"pass":true}},)", number);
    text.back() = ']';
    auto fixture = rules::read_rule_file(text + "}", "bench.json", engine::names_of_contract(contract));
    if (!fixture) std::fprintf(stderr, "%s\n", rules::format(fixture.error()).c_str()), std::abort();
    return std::make_shared<rules::RuleBook>(std::move(fixture->rules));
  }

  engine::Outcome ask() {
    static const std::vector<text::HeaderView> headers = {{"authorization", "Bearer key"},
                                                          {"content-type", "application/json"},
                                                          {"x-apideck-app-id", "app-10000"},
                                                          {"x-apideck-consumer-id", "consumer-10000"},
                                                          {"x-case", "case-10000"}};
    auto generator = spaces::Generator(1);
    return engine.answer({.method = "POST",
                          .path = "/vault/sessions",
                          .query = "",
                          .headers = headers,
                          .body = kBody,
                          .base_url = "http://mock"},
                         space, spaces::Time{std::chrono::seconds(1798761600)},
                         [&] { return generator.next_fraction(); });
  }

  contract::Contract contract;
  engine::Engine engine;
  spaces::Space space;
};

// Keeps the least processor time of each benchmark, in nanoseconds.
class Least : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const auto& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      const double time = run.cpu_accumulated_time / static_cast<double>(run.iterations) * 1e9;
      const auto known = times.try_emplace(run.run_name.function_name, time).first;
      known->second = std::min(known->second, time);
    }
  }
  std::map<std::string, double> times;
};

int run(int count, char** arguments) {
  std::vector<char*> words(arguments, arguments + count);
  std::string shuffled = "--benchmark_enable_random_interleaving=true";
  words.insert(words.begin() + 1, shuffled.data());
  count = static_cast<int>(words.size());
  benchmark::Initialize(&count, words.data());
  if (benchmark::ReportUnrecognizedArguments(count, words.data())) return 2;
  std::vector<std::unique_ptr<World>> worlds;
  for (const auto& kind : kKinds)
    for (const int first : {kMany, 1}) {
      const auto& world = worlds.emplace_back(std::make_unique<World>(kind, first));
      const auto outcome = world->ask();
      if (outcome.trace.rule != "bench.json#10000" || outcome.response.status != 200)
        return std::fprintf(stderr, "%s: %s decided\n", kind.name.c_str(), outcome.trace.rule.c_str()), 2;
      benchmark::RegisterBenchmark((kind.name + (first == kMany ? ": one" : ": many")).c_str(),
                                   [&world = *world](benchmark::State& state) {
                                     for (auto _ : state) benchmark::DoNotOptimize(world.ask());
                                   })
          ->MinTime(0.02)
          ->Repetitions(kRepetitions);
    }
  Least least;
  benchmark::RunSpecifiedBenchmarks(&least);

  bool met = true;
  std::printf("| rules told apart by | one rule | %d rules | ratio | at most |\n|---|---:|---:|---:|---:|\n",
              kMany);
  for (const auto& kind : kKinds) {
    const double one = least.times.at(kind.name + ": one"), many = least.times.at(kind.name + ": many");
    const bool indexed = kind.wanted == Kind::Wanted::indexed;
    std::printf("| %s | %.1f µs | %.1f µs | %.2f | %s |\n", kind.name.c_str(), one / 1000, many / 1000,
                many / one, indexed ? "1.5" : "");
    met = met && (!indexed || many / one <= kMost);
  }
  return met ? 0 : 1;
}

}  // namespace
}  // namespace vault_mock::bench

int main(int count, char** arguments) { return vault_mock::bench::run(count, arguments); }
